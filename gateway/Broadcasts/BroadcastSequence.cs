using Chia.GrainInterfaces.Broadcasts;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Broadcasts;

/// <summary>
/// Whether broadcasts to an audience were lost: by the numbers that items carry, and by what their publisher says it has sent. Each comes
/// by two ways, the stream and the publisher's own word, and counts once.
/// </summary>
internal sealed class BroadcastSequence
{
    /// <summary>Numbers of an epoch that were left out and may still come by the other way, the newest of them; and epochs that are over:
    /// more than any failure leaves behind.</summary>
    public const int Remembered = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<Role, Heard> _heard = [];
    private readonly Dictionary<Role, BroadcastPosition> _awaited = [];

    /// <summary>Takes note of an item.</summary>
    public BroadcastArrival Note(BroadcastItem item)
    {
        lock (_lock)
        {
            if (_heard.TryGetValue(item.To, out var heard))
                return heard.Note(new BroadcastPosition(item.Epoch, item.Sequence));
            _heard[item.To] = new Heard(new BroadcastPosition(item.Epoch, item.Sequence));
            return BroadcastArrival.Next;
        }
    }

    /// <summary>
    /// Takes note of how far the publisher is. True, once, if what it had sent when it was asked the last time has not come since: it is
    /// lost. What was sent before the first question was not for peers of this gateway.
    /// </summary>
    public bool IsLost(Role audience, BroadcastPosition sent)
    {
        lock (_lock)
        {
            if (!_heard.TryGetValue(audience, out var heard))
            {
                (_heard[audience] = new Heard(sent)).MayCome(sent.Sequence);
                return false;
            }

            var isLost = _awaited.TryGetValue(audience, out var awaited) && awaited.Epoch == sent.Epoch && heard.IsBehind(awaited);
            if (isLost)
                heard.Miss(awaited);
            if (heard.IsBehind(sent))
                _awaited[audience] = sent;
            else
                _awaited.Remove(audience);
            return isLost;
        }
    }

    /// <summary>What one audience was told.</summary>
    private sealed class Heard
    {
        private readonly SortedSet<long> _missing = [];
        private readonly Queue<Guid> _over = [];
        private BroadcastPosition _last;

        /// <param name="first">The first that is heard; those before it may be on their way.</param>
        public Heard(BroadcastPosition first) => Begin(first);

        public BroadcastArrival Note(BroadcastPosition item)
        {
            if (item.Epoch != _last.Epoch)
            {
                // What the publisher before still says, out of the queue of a stream, is old.
                if (_over.Contains(item.Epoch))
                    return BroadcastArrival.Again;

                // The new one does not know what the one before it had published last.
                _over.Enqueue(_last.Epoch);
                if (_over.Count > Remembered)
                    _over.Dequeue();
                Begin(item);
                return BroadcastArrival.AfterGap;
            }

            if (item.Sequence <= _last.Sequence)
                return _missing.Remove(item.Sequence) ? BroadcastArrival.Next : BroadcastArrival.Again;
            var isGap = item.Sequence > _last.Sequence + 1;
            Leave(_last.Sequence + 1, item.Sequence);
            _last = item;
            return isGap ? BroadcastArrival.AfterGap : BroadcastArrival.Next;
        }

        public bool IsBehind(BroadcastPosition sent) =>
            sent.Epoch == _last.Epoch ? sent.Sequence > _last.Sequence : sent.Sequence > 0 && !_over.Contains(sent.Epoch);

        /// <summary>Whatever came up to this number has to be asked for; it may still come.</summary>
        public void Miss(BroadcastPosition sent)
        {
            Note(sent);
            MayCome(sent.Sequence);
        }

        /// <summary>It is counted, and still sent on if it comes.</summary>
        public void MayCome(long number) => _missing.Add(number);

        private void Begin(BroadcastPosition first)
        {
            _missing.Clear();
            Leave(1, first.Sequence);
            _last = first;
        }

        private void Leave(long from, long to)
        {
            for (var number = Math.Max(from, to - Remembered); number < to; number++)
                _missing.Add(number);
            while (_missing.Count > Remembered)
                _missing.Remove(_missing.Min);
        }
    }
}

/// <summary>What an item is among those that came before it.</summary>
internal enum BroadcastArrival
{
    /// <summary>To be sent on.</summary>
    Next,

    /// <summary>To be sent on; some before it are missing.</summary>
    AfterGap,

    /// <summary>It came before by the other way, or its epoch is over.</summary>
    Again,
}
