using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Effects;

/// <summary>
/// Messages for connections other than the one whose message is being handled, in order. What comes up while a call to a connection is
/// under way goes with its next one: a thousand answers that become ready one by one need a few calls, and nobody waits for more of them.
/// A connection that cannot be reached costs the others nothing, nor does a slow one make them wait.
/// </summary>
/// <param name="peers">The grain of a connection.</param>
/// <param name="log">For what could not be sent.</param>
internal sealed class Outboxes(Func<PeerConnection, IPeerGrain> peers, ILogger log)
{
    private readonly Dictionary<ConnectionId, Outbox> _boxes = [];
    private readonly List<Outbox> _begun = [];

    /// <summary>Puts a message into a connection's box; sent by <see cref="Begin"/>, or with the call after the one under way.</summary>
    /// <returns>Completes when it was sent, or could not be.</returns>
    public Task Put(PeerConnection to, OutboundMessage message)
    {
        if (!_boxes.TryGetValue(to.ConnectionId, out var box))
        {
            _boxes.Add(to.ConnectionId, box = new Outbox(to));
            _begun.Add(box);
        }

        box.Waiting.Add(message);
        return box.Next.Task;
    }

    /// <summary>Begins to send what was put into boxes that were empty.</summary>
    public void Begin()
    {
        Outbox[] begun = [.. _begun];
        _begun.Clear();
        foreach (var box in begun)
            _ = Drain(box);
    }

    private async Task Drain(Outbox box)
    {
        while (box.Waiting.Count > 0)
        {
            var (messages, done) = box.Take();
            await Send(box.To, messages);
            done.SetResult();
        }

        _boxes.Remove(box.To.ConnectionId);
    }

    private async Task Send(PeerConnection to, OutboundMessage[] messages)
    {
        try
        {
            await peers(to).Send(messages);
        }
        catch (Exception error)
        {
            // Whatever it is, what waits behind it is still to be sent.
            EffectLog.SendFailed(log, messages[0].Function, to.Describe(), error.Message);
        }
    }

    private sealed class Outbox(PeerConnection to)
    {
        public PeerConnection To => to;

        public List<OutboundMessage> Waiting { get; private set; } = [];

        /// <summary>Completes with the call that takes what waits.</summary>
        public TaskCompletionSource Next { get; private set; } = NewTurn();

        public (OutboundMessage[] Messages, TaskCompletionSource Done) Take()
        {
            var taken = (Waiting.ToArray(), Next);
            (Waiting, Next) = ([], NewTurn());
            return taken;
        }

        private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
