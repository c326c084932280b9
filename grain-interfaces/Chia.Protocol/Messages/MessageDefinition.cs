using System.Collections.Immutable;
using Chia.Protocol.Cbor;
using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Everything that is known about a message before one has arrived.</summary>
public sealed class MessageDefinition
{
    /// <summary>
    /// No limit is smaller, bytes: for the small messages, which cost nothing, a precise reason is worth more than being refused for their size.
    /// </summary>
    public const int SmallestLimit = 1024;

    internal MessageDefinition(MessageCodec codec, RateLimit rate, params ImmutableArray<MessageRoute> routes)
    {
        Codec = codec;
        Rate = rate;
        Routes = routes;

        // The map of two, the key "f", the name, the key "d".
        var name = codec.Function.Length;
        var largest = 1 + 2 + CborSize.OfHead((ulong)name) + name + 2 + codec.MaxDataSize;
        MaxPayload = Math.Max(checked((int)largest), SmallestLimit);
    }

    /// <summary>Name on the wire.</summary>
    public string Function => Codec.Function;

    /// <summary>Field names in wire order.</summary>
    public IEnumerable<string> FieldNames => Codec.FieldNames;

    /// <summary>Largest payload, bytes: the exact size of the message with every value and list at its largest, or <see cref="SmallestLimit"/>.</summary>
    public int MaxPayload { get; }

    /// <summary>How often one connection may send it.</summary>
    public RateLimit Rate { get; }

    /// <summary>Who may send it to whom; empty for messages that are defined but not used (PROTOCOL.md 8.7 to 8.9).</summary>
    public ImmutableArray<MessageRoute> Routes { get; }

    /// <summary>When it may come.</summary>
    public MessagePhase Phase { get; internal init; } = MessagePhase.Established;

    /// <summary>What answers it; null if nothing does.</summary>
    public ExpectedReply? Reply { get; internal init; }

    /// <summary>True if it is only ever an answer: one that was not asked for is a breach (DECISIONS 8).</summary>
    public bool Solicited { get; internal init; }

    internal MessageCodec Codec { get; }

    /// <summary>True if a peer of one role may send it to a peer of the other.</summary>
    public bool MayPass(NodeType sender, NodeType receiver) => Routes.Contains(new MessageRoute(sender, receiver));
}
