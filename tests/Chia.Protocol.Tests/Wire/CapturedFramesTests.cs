using System.Buffers.Binary;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Wire;

/// <summary>What reference processes said to each other, byte for byte in both directions.</summary>
public class CapturedFramesTests
{
    private static IEnumerable<(WireSession Session, WireFrame Frame)> Messages =>
        from session in WireSession.All from frame in session.Frames where !frame.IsHandshake select (session, frame);

    [Fact]
    public void The_capture_is_all_there()
    {
        Assert.Equal(2034, WireSession.All.Sum(session => session.Frames.Count));
        var functions = WireSession.All.SelectMany(session => session.Frames).Select(frame => frame.Function).Distinct();
        Assert.Equal(30, functions.Count());
    }

    [Fact]
    public void Every_message_decodes_and_encodes_to_the_same_bytes()
    {
        foreach (var (session, frame) in Messages)
        {
            var failure = MessageRegistry.TryDecode(frame.Payload, session.Sender(frame), session.Receiver(frame), out var message);
            Assert.Equal(default, failure);
            Assert.Equal(frame.Function, message!.Function);
            AssertFrame(frame.Payload, MessageRegistry.Encode(message));
        }
    }

    [Fact]
    public void Every_handshake_message_decodes_and_encodes_to_the_same_bytes()
    {
        foreach (var frame in WireSession.All.SelectMany(session => session.Frames).Where(frame => frame.IsHandshake))
        {
            var failure = MessageRegistry.TryDecode(frame.Payload, MessagePhase.Handshake, null, Role.FullNode, out var message);
            Assert.Equal(default, failure);
            AssertFrame(frame.Payload, MessageRegistry.Encode(message!));
        }
    }

    [Fact]
    public void Every_message_is_refused_from_and_to_every_other_role()
    {
        Role[] roles = [Role.None, Role.FullNode, Role.Harvester, Role.Farmer, Role.Timelord, Role.Introducer];
        foreach (
            var (session, frame) in Messages.DistinctBy(m => (m.Frame.Function, m.Session.Sender(m.Frame), m.Session.Receiver(m.Frame))))
        {
            foreach (var sender in roles)
            {
                foreach (var receiver in roles.Where(r => r != session.Receiver(frame) || sender != session.Sender(frame)))
                {
                    var failure = MessageRegistry.TryDecode(frame.Payload, sender, receiver, out var message);
                    Assert.Equal(new DecodeFailure(DecodeFailureKind.NotAllowedFromRole, frame.Function), failure);
                    Assert.Null(message);
                }
            }
        }
    }

    /// <summary>No captured sender would have been slowed down, although these sessions run a testnet's week in a minute.</summary>
    [Fact]
    public void No_captured_sender_exceeds_a_rate()
    {
        foreach (var session in WireSession.All)
        {
            foreach (var sent in session.Frames.GroupBy(frame => (frame.Direction, frame.Function)))
            {
                var rate = MessageRegistry.Find(sent.Key.Function)!.Rate;
                var room = (double)rate.Burst;
                var last = sent.First().Time;
                foreach (var frame in sent)
                {
                    room = Math.Min(rate.Burst, room + ((frame.Time - last) * rate.PerSecond)) - 1;
                    last = frame.Time;
                    Assert.True(room >= 0, $"{session.File} {session.Connection} {sent.Key}");
                }
            }
        }
    }

    [Fact]
    public void Answers_in_the_capture_are_the_ones_the_registry_expects()
    {
        foreach (var session in WireSession.All)
        {
            var asked = new HashSet<(string Direction, string Function)>();
            foreach (var frame in session.Frames)
            {
                var definition = MessageRegistry.Find(frame.Function)!;
                if (definition.Solicited)
                    Assert.Contains((frame.Direction, frame.Function), asked);
                if (definition.Reply is { } reply)
                    asked.Add((frame.Direction == "c2s" ? "s2c" : "c2s", reply.Function));
            }
        }
    }

    private static void AssertFrame(byte[] payload, byte[] frame)
    {
        Assert.Equal((uint)payload.Length, BinaryPrimitives.ReadUInt32BigEndian(frame));
        Assert.Equal(payload, frame[4..]);
    }
}
