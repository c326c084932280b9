using System.Collections.Immutable;
using Chia.Protocol.Messages.Fields;
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
        new Field<AllHeaderHashesMessage, ImmutableArray<Bytes32>>("header_hashes", WireTypes.ListOf(WireTypes.B32, ItemLimits.HeaderHashes), m => m.HeaderHashes),
        headerHashes => new(headerHashes));
}
