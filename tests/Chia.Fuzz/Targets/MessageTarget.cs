using Chia.Fuzz.Driver;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Fuzz.Targets;

/// <summary>Payloads: a message or one reason; and a message, written and read again, stays what it is.</summary>
internal sealed class MessageTarget() : FuzzTarget("messages")
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    public override IReadOnlyList<byte[]> Corpus => Targets.Corpus.Payloads;

    public override int ShortRun => 150_000;

    public override void Run(byte[] input) => Read(input, Chance.Of(input));

    /// <summary>Reads a payload as a peer of a role that may send it would have it read, or of any role.</summary>
    public static void Read(byte[] payload, Chance chance)
    {
        var definition = MessageRegistry.FunctionOf(payload);
        var route = definition is { Routes.Length: > 0 }
            ? chance.Pick(definition.Routes)
            : new MessageRoute(chance.Pick(Roles), chance.Pick(Roles));
        var phase = definition?.Phase ?? MessagePhase.Established;
        var failure = MessageRegistry.TryDecode(payload, phase, route.Sender, route.Receiver, out var message);
        Promise.That(failure.Failed == message is null, "a message exactly if nothing failed");
        Promise.That(failure.ToString().Length is > 0 and <= 200, "a reason fits a line");
        if (message is null)
            return;
        Promise.That(
            payload.Length <= MessageRegistry.PayloadLimit(payload, route.Sender, route.Receiver)
            || phase == MessagePhase.Handshake, "what decodes is within its limit");
        var written = MessageRegistry.Encode(message)[4..];
        var again = MessageRegistry.TryDecode(written, phase, route.Sender, route.Receiver, out var twice);
        Promise.That(!again.Failed, "what was written can be read");
        Promise.That(MessageRegistry.Encode(twice!).AsSpan(4).SequenceEqual(written), "written twice the same");
        Promise.That(written.Length <= payload.Length, "nothing is written shorter than we write it");
    }
}
