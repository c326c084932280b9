using Chia.Fuzz.Driver;
using Chia.Protocol;
using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Fuzz.Targets;

/// <summary>
/// Sequences of what can happen to a handshake. An input is a list of steps: what happens, and for a frame which one, or how many of the
/// bytes behind it. The machine ends once, writes its ack only behind an accepted registration, and gives back what it reserved.
/// </summary>
internal sealed class HandshakeTarget() : FuzzTarget("handshakes")
{
    private static readonly HandshakeIdentity Local = new("testnet", "0.0.4", default, 8444, Role.FullNode);

    private static readonly byte[][] Known =
    [
        Payload(new HandshakeMessage("testnet", "0.0.4", new Bytes32([.. new byte[31], 9]), 1, Role.Farmer)),
        Payload(new HandshakeMessage("testnet", "0.0.5", new Bytes32([.. new byte[31], 9]), 1, Role.Harvester)),
        Payload(new HandshakeMessage("elsewhere", "0.0.4", new Bytes32([.. new byte[31], 9]), 1, Role.Timelord)),
        Payload(new HandshakeMessage("testnet", "0.0.4", default, 1, Role.FullNode)),
        Payload(new HandshakeAckMessage()),
        Payload(new RequestPeersMessage()),
        [],
    ];

    private enum Step
    {
        KnownFrame,
        RawFrame,
        Registered,
        Abort,
    }

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [(byte)Step.KnownFrame, 0, (byte)Step.Registered, 0, (byte)Step.KnownFrame, 4],
        [(byte)Step.KnownFrame, 1, (byte)Step.Registered, 0, (byte)Step.KnownFrame, 4],
        [(byte)Step.KnownFrame, 0, (byte)Step.Registered, 1],
        [(byte)Step.KnownFrame, 0, (byte)Step.Abort, 0, (byte)Step.Registered, 0],
        [(byte)Step.RawFrame, (byte)Known[0].Length, .. Known[0], (byte)Step.Registered, 0, (byte)Step.RawFrame, (byte)Known[4].Length,
            .. Known[4]],
        [(byte)Step.RawFrame, (byte)Known[1].Length, .. Known[1], (byte)Step.Registered, 0, (byte)Step.KnownFrame, 5],
    ];

    public override int ShortRun => 60_000;

    public override void Run(byte[] input)
    {
        var machine = new HandshakeMachine(Local, new HandshakePolicy());
        var log = new List<HandshakeEffect>(machine.Start());
        var accepted = false;
        for (var at = 0; at + 1 < input.Length;)
        {
            var (step, value) = ((Step)(input[at] % 4), input[at + 1]);
            at += 2;
            var awaitsRegistration = machine.State == HandshakeState.AwaitingRegistration;
            if (step is Step.KnownFrame or Step.RawFrame)
            {
                var frame = step == Step.KnownFrame ? Known[value % Known.Length] : input[at..Math.Min(input.Length, at + value)];
                at += step == Step.RawFrame ? frame.Length : 0;
                if (machine.State is HandshakeState.AwaitingHandshake or HandshakeState.AwaitingAck)
                    log.AddRange(machine.Receive(frame));
            }
            else if (step == Step.Abort)
            {
                log.AddRange(machine.Abort(HandshakeFailure.TimedOut, "slow"));
            }
            else if (awaitsRegistration)
            {
                accepted = value % 2 == 0;
                log.AddRange(machine.Registered(accepted ? RegistrationOutcome.Accepted : RegistrationOutcome.Duplicate));
            }
        }

        var failed = log.Count(e => e is HandshakeEffect.Fail);
        Promise.That(
            log.Count(e => e is HandshakeEffect.Established) == (machine.State == HandshakeState.Established ? 1 : 0), "established once");
        Promise.That(failed == (machine.State == HandshakeState.Failed ? 1 : 0), "failed once");
        Promise.That(log.Count(e => e is HandshakeEffect.WriteFrame) == (accepted ? 2 : 1), "the ack follows an accepted registration");
        Promise.That(log.Count(e => e is HandshakeEffect.Release) == (accepted && failed == 1 ? 1 : 0), "what was reserved is given back");
        Promise.That(machine.State != HandshakeState.Established || accepted, "established only when accepted");
    }

    private static byte[] Payload(Message message) => MessageRegistry.Encode(message)[4..];
}
