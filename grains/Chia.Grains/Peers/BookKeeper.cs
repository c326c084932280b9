using System.Security.Cryptography;
using Chia.Grains.Work;
using Chia.Protocol.Primitives;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Grains.Peers;

/// <summary>
/// Writes address book and bans to where they outlive the process, behind the calls that change them: whoever shakes hands or reports a
/// dial never waits for a disk or a database. One write at a time. Lives within the turns of one grain.
/// </summary>
/// <param name="stored">The state that is kept.</param>
/// <param name="book">The address book.</param>
/// <param name="reputation">Who is kept out.</param>
/// <param name="time">The clock.</param>
/// <param name="superseded">Called when another activation keeps the book now: this one has to end.</param>
/// <param name="failed">Called when it could not be written; it is tried again.</param>
internal sealed class BookKeeper(
    IPersistentState<StoredAddressBook> stored, AddressBook book, Reputation reputation, TimeProvider time, Action superseded,
    Action<Exception> failed)
{
    /// <summary>Between two writes, and how often <see cref="Tick"/> is to be called: the book changes with every connection. What the
    /// last seconds added may be lost.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private Task _writing = Task.CompletedTask;
    private bool _hasChanged;
    private long? _writtenAt;

    /// <summary>Takes in what was kept.</summary>
    /// <param name="now">The reading of the book's clock.</param>
    public void Restore(TimeSpan now)
    {
        var timeOfDay = time.GetUtcNow();
        book.Restore(stored.State.Peers, now, timeOfDay);
        reputation.RestoreBans(stored.State.Bans, now, timeOfDay);
    }

    /// <summary>Book or bans have changed: they are written now, or at the next <see cref="Tick"/> if they were just lately.</summary>
    /// <param name="now">The reading of the book's clock.</param>
    public void Changed(TimeSpan now)
    {
        _hasChanged = true;
        if (_writtenAt is not { } at || time.GetElapsedTime(at) >= Interval)
            Begin(now);
    }

    /// <summary>Time has passed.</summary>
    /// <param name="now">The reading of the book's clock.</param>
    public void Tick(TimeSpan now)
    {
        if (_hasChanged)
            Begin(now);
    }

    /// <summary>Completes when all that has changed is written, or could not be.</summary>
    /// <param name="now">The reading of the book's clock.</param>
    public async Task Flush(TimeSpan now)
    {
        await _writing;
        if (_hasChanged)
            await Write(now);
    }

    /// <summary>The node id that all gateways of the role share; drawn, and kept before it is told, when it is asked for first.</summary>
    /// <param name="now">The reading of the book's clock.</param>
    public async Task<Bytes32> GetNodeId(TimeSpan now)
    {
        if (Bytes32.TryFromHex(stored.State.NodeId, out var known))
            return known;
        await _writing;
        var drawn = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size));
        stored.State.NodeId = drawn.ToString();
        await Write(now);
        return drawn;
    }

    private void Begin(TimeSpan now)
    {
        if (_writing.IsCompleted)
            _writing = Write(now);
    }

    /// <summary>A disk that is full costs the book, not the connection that happened to change it.</summary>
    private async Task Write(TimeSpan now)
    {
        (_hasChanged, _writtenAt) = (false, time.GetTimestamp());
        var timeOfDay = time.GetUtcNow();
        stored.State = new StoredAddressBook
        {
            Peers = book.Save(now, timeOfDay),
            NodeId = stored.State.NodeId,
            Bans = [.. reputation.SaveBans(now, timeOfDay)],
        };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            superseded();
        }
        catch (Exception error)
        {
            _hasChanged = true;
            failed(error);
        }
    }
}
