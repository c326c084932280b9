using Chia.GrainInterfaces.Broadcasts;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Broadcasts;

/// <summary>
/// Finds lost broadcasts, for each audience, from the numbers that items carry and from what their publisher says it has sent. Each
/// item comes by the stream and directly from the publisher, and counts once.
/// </summary>
internal sealed class BroadcastSequence
{
    /// <summary>
    /// How many are remembered of the numbers that an epoch left out (the newest; they may still come by the other way) and of the
    /// epochs that are over: more than any failure leaves behind.
    /// </summary>
    public const int Remembered = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<Role, Heard> _heard = [];
    private readonly Dictionary<Role, BroadcastPosition> _awaited = [];

    /// <summary>Notes an item that came, and says what it is among those before it.</summary>
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
    /// Notes how far the publisher is. True, once, if something that it had sent before the previous call has still not come: that is
    /// lost. True too, once, of another publisher than the one heard of last: it does not know what that one lost, and may for long have
    /// nothing to send. What was sent before the first call was not meant for peers of this gateway.
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
            var isAnother = heard.IsAnother(sent.Epoch);
            if (isAnother)
                heard.Note(sent with { Sequence = 0 });
            if (heard.IsBehind(sent))
                _awaited[audience] = sent;
            else
                _awaited.Remove(audience);
            return isLost || isAnother;
        }
    }

    /// <summary>What has come for one audience.</summary>
    private sealed class Heard
    {
        private readonly SortedSet<long> _missing = [];
        private readonly Queue<Guid> _over = [];
        private BroadcastPosition _last;

        /// <param name="first">The first position heard of; items before it may still be on their way.</param>
        public Heard(BroadcastPosition first) => Begin(first);

        public BroadcastArrival Note(BroadcastPosition item)
        {
            if (item.Epoch != _last.Epoch)
            {
                // A stream's queue may still bring items of an earlier publisher: they are old.
                if (_over.Contains(item.Epoch))
                    return BroadcastArrival.Again;

                // The new publisher does not know what its predecessor published last.
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

        public bool IsBehind(BroadcastPosition sent) => sent.Epoch == _last.Epoch && sent.Sequence > _last.Sequence;

        /// <summary>It is of neither the present publisher nor one before it.</summary>
        public bool IsAnother(Guid epoch) => epoch != _last.Epoch && !_over.Contains(epoch);

        /// <summary>Everything up to this number that has not come is lost and has to be asked for; it may still come.</summary>
        public void Miss(BroadcastPosition sent)
        {
            Note(sent);
            MayCome(sent.Sequence);
        }

        /// <summary>The number is counted as lost, and its item is still sent on if it comes.</summary>
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

/// <summary>What an item is among those that came before it: what to do with it.</summary>
internal enum BroadcastArrival
{
    /// <summary>Send it on.</summary>
    Next,

    /// <summary>Send it on; some before it are missing.</summary>
    AfterGap,

    /// <summary>A copy, or of an epoch that is over: drop it.</summary>
    Again,
}
