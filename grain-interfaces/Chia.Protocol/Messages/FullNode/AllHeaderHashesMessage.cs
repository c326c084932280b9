using System.Collections.Immutable;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The block ids of a whole chain (PROTOCOL.md 8.2). Never send it unasked, never empty.</summary>
/// <param name="HeaderHashes">Genesis first, the requested tip last.</param>
public sealed record AllHeaderHashesMessage(ImmutableArray<Bytes32> HeaderHashes) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "all_header_hashes";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<AllHeaderHashesMessage, ImmutableArray<Bytes32>>(
            "header_hashes", WireTypes.ListOf(WireTypes.B32, ItemLimits.HeaderHashes), m => m.HeaderHashes),
        headerHashes => new(headerHashes));
}

/// <summary>Asks for the block ids of a whole chain; answered by <c>all_header_hashes</c> or by silence (PROTOCOL.md 8.2).</summary>
/// <param name="TipHeaderHash">Block id of the chain's tip.</param>
public sealed record RequestAllHeaderHashesMessage(Bytes32 TipHeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_all_header_hashes";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestAllHeaderHashesMessage, Bytes32>("tip_header_hash", WireTypes.B32, m => m.TipHeaderHash),
        tipHeaderHash => new(tipHeaderHash));
}
