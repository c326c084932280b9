using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Sync.Questions;

namespace Chia.Sync.Peers;

/// <summary>What the machine knows of one connected full node.</summary>
internal sealed class PeerState(ConnectionId id)
{
    /// <summary>Weight of the newest measurement in the running averages.</summary>
    private const double Smoothing = 0.3;

    private readonly Queue<(Bytes32 Hash, Bytes32 Previous)> _announced = new();

    /// <summary>Connection id.</summary>
    public ConnectionId Id { get; } = id;

    /// <summary>Blamed for a lie: not used again.</summary>
    public bool Excluded { get; set; }

    /// <summary>The best tip it announced that we lack; one per peer bounds the memory (SYNC.md 7, item 11).</summary>
    public PotentialTip? Tip { get; set; }

    /// <summary>Targets it announced that led nowhere; never forgotten while it is connected.</summary>
    public int Disappointments { get; set; }

    /// <summary>It answered something for this target, so it has it.</summary>
    public bool Answered { get; set; }

    /// <summary>It let a request for this target pass its last limit.</summary>
    public bool Silent { get; set; }

    /// <summary>How often its hash list for this target was left because nobody served it.</summary>
    public int ListsLeft { get; set; }

    /// <summary>Its headers differ from the list in use: it, or the list, is wrong; which one shows when the list is proven.</summary>
    public bool Contradicts { get; set; }

    /// <summary>Requests open at it.</summary>
    public int Open { get; set; }

    /// <summary>Those of them that outlasted its patience.</summary>
    public int Overdue { get; set; }

    /// <summary>What it was asked for any target and is not waited for any more.</summary>
    public AskedBefore AskedBefore { get; } = new();

    /// <summary>Running average from request to answer; null before the first answer.</summary>
    public TimeSpan? Latency { get; private set; }

    /// <summary>Running average of headers or blocks per second of waiting.</summary>
    public double ItemsPerSecond { get; private set; }

    /// <summary>True once it announced anything.</summary>
    public bool HasAnnounced => _announced.Count > 0;

    /// <summary>Remembers an announcement, the last <paramref name="limit"/> of them.</summary>
    public void Announce(Bytes32 hash, FullBlock block, int limit)
    {
        if (_announced.Contains((hash, block.PrevHeaderHash)))
            return;
        _announced.Enqueue((hash, block.PrevHeaderHash));
        if (_announced.Count > limit)
            _announced.Dequeue();
    }

    /// <summary>It announced the block or a child of it, so it must be able to answer for it.</summary>
    public bool Announced(Bytes32 target)
    {
        foreach (var (hash, previous) in _announced)
        {
            if (hash == target || previous == target)
                return true;
        }

        return false;
    }

    /// <summary>It has the target: it said so, or answered for it.</summary>
    public bool Has(Bytes32 target) => Answered || Announced(target);

    /// <summary>Forgets what concerned the previous target.</summary>
    public void ForgetTarget()
    {
        Answered = Silent = Contradicts = false;
        ListsLeft = Open = Overdue = 0;
    }

    /// <summary>Counts an answer in.</summary>
    public void Measure(TimeSpan latency, int items)
    {
        var seconds = Math.Max(latency.TotalSeconds, 0.001);
        ItemsPerSecond = Latency is null ? items / seconds : Mix(ItemsPerSecond, items / seconds);
        Latency = TimeSpan.FromSeconds(Latency is { } old ? Mix(old.TotalSeconds, seconds) : seconds);
    }

    /// <summary>How long to wait before another peer is asked as well: four times the usual, within bounds.</summary>
    public TimeSpan Patience(SyncOptions options)
    {
        if (Latency is not { } latency)
            return options.InitialPatience;
        var wait = latency * 4;
        return wait < options.MinPatience ? options.MinPatience : wait > options.MaxPatience ? options.MaxPatience : wait;
    }

    private static double Mix(double old, double measured) => (old * (1 - Smoothing)) + (measured * Smoothing);
}

/// <summary>A block that a peer announced and we do not have.</summary>
/// <param name="Peer">Who sent this copy.</param>
/// <param name="HeaderHash">Block id.</param>
/// <param name="Block">The copy; its parts agree with each other, nothing else is verified.</param>
/// <param name="OutOfReach">Near-sync has tried and failed to connect it.</param>
public sealed record PotentialTip(ConnectionId Peer, Bytes32 HeaderHash, FullBlock Block, bool OutOfReach)
{
    /// <summary>The claimed total weight.</summary>
    public ulong Weight => Block.Weight;

    /// <summary>Height; coinbase and challenge agree.</summary>
    public uint Height => Block.Height;
}
