using Chia.Gateway.Connections.Entry;

namespace Chia.Gateway.Connections;

/// <summary>
/// Whose question is answered next, of all connections that have one: a few at a time, and first whoever has cost the least. Start-time
/// fair queueing: each asker has an account of what its answers took, and the lowest account goes first; one that was quiet begins a
/// little below the others. So a question waits at most for one answer to each other connection that is busy, and that of a quiet peer
/// only for those under way, however many others ask as fast as they are let.
/// </summary>
/// <param name="places">Answers under way at one time.</param>
/// <param name="time">What an answer takes is measured by it.</param>
internal sealed class FairTurns(int places, TimeProvider time)
{
    /// <summary>
    /// An answer that takes longer waits for something other than the processor, perhaps for a silo that is gone: from then on it does
    /// not keep others waiting. The slowest answer of a healthy node, a hash list of 10⁶ blocks, takes a tenth of this.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What the bytes of an answer are charged at, beside its time: a line of 1 Gbit/s sends so many in a second.</summary>
    private const double BytesPerSecond = 125e6;

    /// <summary>The least charge for an answer: a call to a grain and back, whatever came of it.</summary>
    private static readonly TimeSpan LeastCost = TimeSpan.FromMicroseconds(50);

    /// <summary>How many seconds an asker that was quiet is ahead of those that are busy: a few ordinary answers.</summary>
    private const double HeadStart = 0.01;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Waiting, (double Account, long Arrival)> _waiting = new();
    private readonly LinkedList<Turn> _underWay = new();
    private ITimer? _overdue;
    private long _arrivals;

    /// <summary>The highest account that got a turn: about where the busy askers are.</summary>
    private double _level;

    /// <summary>Waits for the asker's turn. Dispose it when the question is answered.</summary>
    /// <exception cref="OperationCanceledException">The asker is gone.</exception>
    public async Task<Turn> Take(Asker asker, CancellationToken cancellation)
    {
        Waiting waiting;
        lock (_lock)
        {
            asker.Account = Math.Max(asker.Account, _level - HeadStart);
            if (_underWay.Count < places && _waiting.Count == 0)
                return Begin(asker);
            waiting = new Waiting(asker);
            _waiting.Enqueue(waiting, (asker.Account, _arrivals++));
            WatchFor();
        }

        await using var registration = cancellation.Register(() => waiting.Granted.TrySetCanceled(cancellation)).ConfigureAwait(false);
        return await waiting.Granted.Task.ConfigureAwait(false);
    }

    private Turn Begin(Asker asker)
    {
        _level = Math.Max(_level, asker.Account);
        var turn = new Turn(this, asker, time.GetTimestamp());
        turn.Place = _underWay.AddLast(turn);
        return turn;
    }

    private void End(Turn turn, long bytes)
    {
        lock (_lock)
        {
            var taken = time.GetElapsedTime(turn.Began);
            var cost = Math.Max(LeastCost.TotalSeconds, Math.Min(taken.TotalSeconds, Patience.TotalSeconds));
            turn.Asker.Account += cost + (bytes / BytesPerSecond);
            Vacate(turn);
            Grant();
        }
    }

    private void Vacate(Turn turn)
    {
        if (turn.Place is { } place)
            _underWay.Remove(place);
        turn.Place = null;
    }

    private void Grant()
    {
        while (_underWay.Count < places && _waiting.TryDequeue(out var next, out _))
        {
            var turn = Begin(next.Asker);

            // An asker that is gone meanwhile is charged nothing.
            if (!next.Granted.TrySetResult(turn))
                Vacate(turn);
        }

        WatchFor();
    }

    /// <summary>While somebody waits: an answer under way that has outlasted <see cref="Patience"/> no longer counts.</summary>
    private void WatchFor()
    {
        if (_waiting.Count == 0 || _underWay.First is not { } oldest)
            return;
        var left = Patience - time.GetElapsedTime(oldest.Value.Began);
        _overdue ??= time.CreateTimer(_ => LetGo(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _overdue.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void LetGo()
    {
        lock (_lock)
        {
            while (_underWay.First is { } oldest && time.GetElapsedTime(oldest.Value.Began) >= Patience)
                Vacate(oldest.Value);
            Grant();
        }
    }

    /// <summary>One connection's account: what its answers have cost.</summary>
    internal sealed class Asker
    {
        /// <summary>Seconds charged so far; comparable with the accounts of others.</summary>
        public double Account { get; set; }
    }

    /// <summary>An answer under way.</summary>
    internal sealed class Turn(FairTurns turns, Asker asker, long began) : IDisposable
    {
        private bool _hasEnded;

        public Asker Asker { get; } = asker;

        public long Began { get; } = began;

        /// <summary>Its place among the answers under way; null once it no longer counts.</summary>
        public LinkedListNode<Turn>? Place { get; set; }

        /// <summary>Bytes of the answer, to be charged.</summary>
        public long Bytes { get; set; }

        public void Dispose()
        {
            if (_hasEnded)
                return;
            _hasEnded = true;
            turns.End(this, Bytes);
        }
    }

    private sealed record Waiting(Asker Asker)
    {
        public TaskCompletionSource<Turn> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
