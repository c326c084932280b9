using Chia.Gateway.Configuration;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Connections.Frames;

/// <summary>
/// Our questions to one peer that it has not answered yet: an answer that nobody asked for is not handed on (DECISIONS 8). Slow is not
/// wrong, so a question stays open for long, but not for ever; whether the answer still fits is for the role to judge.
/// </summary>
internal sealed class OpenRequests(TimeProvider time)
{
    /// <summary>The largest answer, 64 MiB, takes nine minutes at 1 Mbit/s (<see cref="GatewayLimits.FrameTimeout"/>); half as long again
    /// for its making.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How many questions of one kind are remembered, the latest ones: a farmer has thousands of qualities open at a large harvester, a
    /// sync a handful. 32 kB.
    /// </summary>
    private const int MaxOpen = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<long>> _open = [];
    private readonly HashSet<string> _manyAnswers = [];

    /// <summary>Notes a message that goes out; null for one that the registry does not know.</summary>
    public void Sent(MessageDefinition? message)
    {
        if (message?.Reply is not { } reply)
            return;
        lock (_lock)
        {
            if (!_open.TryGetValue(reply.Function, out var asked))
                _open[reply.Function] = asked = new Queue<long>();

            // Where any number of answers may come, only the latest question counts.
            if (reply.Kind == ReplyKind.Any)
                _manyAnswers.Add(reply.Function);
            if (asked.Count >= (reply.Kind == ReplyKind.Any ? 1 : MaxOpen))
                asked.Dequeue();
            asked.Enqueue(time.GetTimestamp());
        }
    }

    /// <summary>An answer of this kind is due.</summary>
    public bool Awaits(MessageDefinition answer)
    {
        lock (_lock)
            return Open(answer) is not null;
    }

    /// <summary>An answer came. False if nobody asked for it.</summary>
    /// <param name="answer">Which.</param>
    /// <param name="after">How long the peer took.</param>
    public bool Answered(MessageDefinition answer, out TimeSpan after)
    {
        lock (_lock)
        {
            after = default;
            if (Open(answer) is not { } asked)
                return false;
            after = time.GetElapsedTime(asked.Peek());
            if (!_manyAnswers.Contains(answer.Function))
                asked.Dequeue();
            return true;
        }
    }

    private Queue<long>? Open(MessageDefinition answer)
    {
        if (!_open.TryGetValue(answer.Function, out var asked))
            return null;
        while (asked.TryPeek(out var at) && time.GetElapsedTime(at) >= Expiry)
            asked.Dequeue();
        return asked.Count > 0 ? asked : null;
    }
}
