using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>What is wrong with a store beside its chain: what would keep a node from opening it, and what a sync has kept.</summary>
internal sealed class MediumComplaints
{
    /// <summary>What is said of a sync's target that is none.</summary>
    public const string SyncTarget = "the sync target cannot be read";

    /// <summary>Complaints about a sync's blocks after which no more are collected; nobody reads more.</summary>
    private const int MostOfSync = 100;

    private readonly List<string> _all = [];
    private int _ofSync;

    /// <summary>Among them is one that a rewind would meet as well.</summary>
    public bool KeepsFromRewind { get; private set; }

    /// <summary>What was found, with what could not be looked at.</summary>
    public MediumReport Report(params IReadOnlyList<string> notCovered) => new(_all, notCovered) { KeepsFromRewind = KeepsFromRewind };

    /// <summary>Adds one, if it was not said yet.</summary>
    public void Add(string complaint)
    {
        if (!_all.Contains(complaint))
            _all.Add(complaint);
    }

    /// <summary>Adds what was found out by an error.</summary>
    public void Add(StoreException error) => Add(error is StoreDamagedException damaged ? damaged.Damage : error.Message);

    /// <summary>Makes a check; the error that it ends with is a complaint.</summary>
    public async Task Try(Func<Task> check)
    {
        try
        {
            await check().ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            Add(error);
        }
    }

    /// <summary>Opens the store as a node does, where a rewind does so too.</summary>
    public Task TryOpening(Func<Task> open) => Try(async () =>
    {
        try
        {
            await open().ConfigureAwait(false);
        }
        catch (StoreException)
        {
            KeepsFromRewind = true;
            throw;
        }
    });

    /// <summary>Looks at a block that a sync keeps: it has no checksum, its own hash is one. False if it is not what was stored.</summary>
    public bool AddSyncBlock(long? height, Bytes32? headerHash, byte[]? bytes)
    {
        if (height is >= 0 and <= uint.MaxValue && headerHash is { } hash && bytes is not null
            && StreamableExtensions.TryDecode<FullBlock>(bytes, out var block) == StreamableError.None && block!.HeaderHash() == hash)
            return true;
        if (++_ofSync <= MostOfSync)
            Add($"the sync block {headerHash?.ToString() ?? "without a hash"} of height {height} is not what was stored; it would be fetched again");
        return false;
    }
}
