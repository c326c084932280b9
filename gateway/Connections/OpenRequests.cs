using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Connections;

/// <summary>
/// What we asked one peer and it has not answered: answers that nobody asked for are not handed on (DECISIONS 8). A question stays open for ever, since
/// slow is not wrong; whether the answer still fits is for the role to judge.
/// </summary>
internal sealed class OpenRequests
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Takes note of a frame that goes out.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
        if (MessageRegistry.FunctionOf(frame[FrameReader.PrefixSize..])?.Reply is not { } reply)
            return;
        lock (_lock)
            _open[reply.Function] = reply.Kind == ReplyKind.Any ? int.MaxValue : Math.Min(_open.GetValueOrDefault(reply.Function), int.MaxValue - 1) + 1;
    }

    /// <summary>An answer of this kind is due.</summary>
    public bool Awaits(MessageDefinition answer)
    {
        lock (_lock)
            return _open.GetValueOrDefault(answer.Function) > 0;
    }

    /// <summary>An answer came. False if nobody asked for it.</summary>
    public bool Answered(MessageDefinition answer)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(answer.Function);
            if (open == 0)
                return false;
            if (open != int.MaxValue)
                _open[answer.Function] = open - 1;
            return true;
        }
    }
}
