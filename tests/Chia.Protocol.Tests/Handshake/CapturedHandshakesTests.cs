using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Tests.Wire;

namespace Chia.Protocol.Tests.Handshake;

/// <summary>The captured handshakes, replayed: our machine takes each side in turn, and must write what the reference wrote.</summary>
public class CapturedHandshakesTests
{
    [Fact]
    public void We_write_what_the_reference_wrote_and_get_as_far()
    {
        var established = 0;
        foreach (var session in WireSession.All)
        {
            established += Replay(session, ours: "c2s", theirs: "s2c");
            established += Replay(session, ours: "s2c", theirs: "c2s");
        }

        // 17 connections came up, two were refused before the acks.
        Assert.Equal(2 * WireSession.All.Count(session => session.Frames.Any(frame => frame.Function == "handshake_ack")), established);
        Assert.True(established >= 30);
    }

    private static int Replay(WireSession session, string ours, string theirs)
    {
        var expected = new Queue<byte[]>(session.Frames.Where(f => f.Direction == ours && f.IsHandshake).Select(f => f.Payload));
        var received = session.Frames.Where(f => f.Direction == theirs && f.IsHandshake).Select(f => f.Payload).ToList();
        var machine = new HandshakeMachine(Identity(expected.Peek()), new HandshakePolicy());
        var accepted = expected.Count == 2;
        Run(machine.Start());
        foreach (var payload in received)
            Run(machine.Receive(payload));
        Assert.Empty(expected);
        return machine.State == HandshakeState.Established ? 1 : 0;

        void Run(IReadOnlyList<HandshakeEffect> effects)
        {
            foreach (var effect in effects)
            {
                if (effect is HandshakeEffect.WriteFrame write)
                    Assert.Equal(expected.Dequeue(), write.Frame[4..].ToArray());
                else if (effect is HandshakeEffect.Register)
                    Run(machine.Registered(accepted ? RegistrationOutcome.Accepted : RegistrationOutcome.Duplicate));
                else if (effect is HandshakeEffect.Fail failure)
                    Assert.False(accepted, failure.Detail);
            }
        }
    }

    private static HandshakeIdentity Identity(byte[] payload)
    {
        MessageRegistry.TryDecode(payload, MessagePhase.Handshake, null, Role.FullNode, out var message);
        return HandshakeIdentity.Of((HandshakeMessage)message!);
    }
}
