using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Chia.Protocol.Tests.Handshake;

public class HandshakeFuzzTests
{
    private static readonly HandshakeIdentity Local = new("testnet", "0.0.4", default, 8444, Role.FullNode);

    private const int Break = 6;
    private const int Accept = 7;
    private const int Refuse = 8;

    /// <summary>The events below <see cref="Break"/>.</summary>
    private static readonly byte[][] Frames =
    [
        MessageRegistry.Encode(new HandshakeMessage("testnet", "0.0.4", new Bytes32([.. new byte[31], 9]), 1, Role.Farmer))[4..],
        MessageRegistry.Encode(new HandshakeMessage("testnet", "0.0.5", new Bytes32([.. new byte[31], 9]), 1, Role.Farmer))[4..],
        MessageRegistry.Encode(new HandshakeAckMessage())[4..],
        MessageRegistry.Encode(new RequestPeersMessage())[4..],
        [],
        [0xff],
    ];

    /// <summary>
    /// Any events in any order: the machine ends established or failed, writes the ack only after an accepted registration, announces
    /// success only after an ack, and gives back every reservation of a handshake that failed.
    /// </summary>
    [Fact]
    public void Any_order_of_events_keeps_the_books_straight()
    {
        var established = 0;
        var released = 0;
        var good = Gen.Elements(0, Accept, 2);
        var events = Gen.OneOf(good, Gen.Choose(0, Refuse)).ListOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(12), Prop.ForAll(events.ToArbitrary(), codes =>
        {
            var machine = new HandshakeMachine(Local, new HandshakePolicy());
            var log = new List<HandshakeEffect>(machine.Start());
            var accepted = false;
            foreach (var code in codes)
            {
                var before = machine.State;
                var listening = before is HandshakeState.AwaitingHandshake or HandshakeState.AwaitingAck;
                if (code < Break && listening)
                    log.AddRange(machine.Receive(Frames[code]));
                else if (code == Break)
                    log.AddRange(machine.Abort(HandshakeFailure.TimedOut, "slow"));
                else if (code > Break && before is HandshakeState.AwaitingRegistration)
                {
                    accepted = code == Accept;
                    log.AddRange(machine.Registered(accepted ? RegistrationOutcome.Accepted : RegistrationOutcome.Duplicate));
                }
            }

            var done = log.OfType<HandshakeEffect.Established>().Count();
            var failed = log.OfType<HandshakeEffect.Fail>().Count();
            var freed = log.OfType<HandshakeEffect.Release>().Count();
            established += done;
            released += freed;
            Assert.Equal(machine.State == HandshakeState.Established ? 1 : 0, done);
            Assert.Equal(machine.State == HandshakeState.Failed ? 1 : 0, failed);
            Assert.Equal(accepted ? 2 : 1, log.OfType<HandshakeEffect.WriteFrame>().Count());
            Assert.Equal(accepted && failed == 1 ? 1 : 0, freed);
            Assert.True(done == 0 || accepted);
        }));
        Assert.True(established > 20 && released > 100, $"{established} established, {released} released");
    }
}
