using System.Collections.Immutable;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Ancestors of a block; the reference's list of them has no name and so never travels. Defined, neither sent nor handled
/// (PROTOCOL.md 8.8).</summary>
/// <param name="HeaderHash">Block id.</param>
internal sealed record AncestorsMessage(Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "ancestors";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<AncestorsMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        headerHash => new(headerHash));
}

/// <summary>Asks for ancestors of a block. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="HeaderHash">Block id.</param>
/// <param name="PreviousHeightsDesired">Which.</param>
internal sealed record RequestAncestorsMessage(Bytes32 HeaderHash, ImmutableArray<uint> PreviousHeightsDesired) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_ancestors";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestAncestorsMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        new Field<RequestAncestorsMessage, ImmutableArray<uint>>(
            "previous_heights_desired", WireTypes.ListOf(WireTypes.U32, ItemLimits.Heights), m => m.PreviousHeightsDesired),
        (headerHash, previousHeightsDesired) => new(headerHash, previousHeightsDesired));
}
