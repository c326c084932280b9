using System.Collections.Immutable;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Everything that is known about a message before one has arrived.</summary>
public sealed class MessageDefinition
{
    /// <summary>
    /// No limit is smaller, bytes: for the small messages, which cost nothing, a precise reason is worth more than being refused for their
    /// size.
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
    internal IEnumerable<string> FieldNames => Codec.FieldNames;

    /// <summary>Largest payload, bytes: the exact size of the message with every value and list at its largest, or
    /// <see cref="SmallestLimit"/>.</summary>
    internal int MaxPayload { get; }

    /// <summary>How often one connection may send it.</summary>
    public RateLimit Rate { get; }

    /// <summary>Who may send it to whom; empty for messages that are defined but not used (PROTOCOL.md 8.7 to 8.9).</summary>
    internal ImmutableArray<MessageRoute> Routes { get; }

    /// <summary>When it may come.</summary>
    internal MessagePhase Phase { get; init; } = MessagePhase.Established;

    /// <summary>What answers it; null if nothing does.</summary>
    public ExpectedReply? Reply { get; internal init; }

    /// <summary>True if it is only ever an answer: one that was not asked for is a breach (DECISIONS 8).</summary>
    public bool Solicited { get; internal init; }

    internal MessageCodec Codec { get; }

    /// <summary>True if a peer of one role may send it to a peer of the other.</summary>
    internal bool MayPass(Role sender, Role receiver) => Routes.Contains(new MessageRoute(sender, receiver));
}

/// <summary>A direction that a message may take.</summary>
/// <param name="Sender">Role of the peer that sends it.</param>
/// <param name="Receiver">Role of the peer that handles it.</param>
internal readonly record struct MessageRoute(Role Sender, Role Receiver);

/// <summary>
/// How often one connection may send one function: a bucket of <paramref name="Burst"/> messages that fills at
/// <paramref name="PerSecond"/>. A reference peer may honestly come in bursts, so whoever enforces this waits before reading on and blames
/// nobody.
/// </summary>
/// <param name="PerSecond">Messages per second in the long run.</param>
/// <param name="Burst">Messages at once.</param>
public readonly record struct RateLimit(double PerSecond, int Burst);

/// <summary>What answers a request.</summary>
/// <param name="Function">The function that answers.</param>
/// <param name="Kind">How often.</param>
public readonly record struct ExpectedReply(string Function, ReplyKind Kind);

/// <summary>How many answers a request gets from an honest peer.</summary>
public enum ReplyKind
{
    /// <summary>Exactly one.</summary>
    One,

    /// <summary>One, or none: the peer does not know what was asked for, and there is no negative answer.</summary>
    OneOrSilence,

    /// <summary>Any number.</summary>
    Any,
}

/// <summary>When in the life of a connection a message may come (PROTOCOL.md 4.3, 8.1).</summary>
internal enum MessagePhase
{
    /// <summary>Only before the connection is established.</summary>
    Handshake,

    /// <summary>Only afterwards.</summary>
    Established,
}
