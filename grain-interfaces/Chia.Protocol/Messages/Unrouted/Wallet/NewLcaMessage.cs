using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The common ancestor of the tips moved. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="LcaHash">Block id.</param>
/// <param name="Height">Its height.</param>
internal sealed record NewLcaMessage(Bytes32 LcaHash, uint Height) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "new_lca";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<NewLcaMessage, Bytes32>("lca_hash", WireTypes.B32, m => m.LcaHash),
        new Field<NewLcaMessage, uint>("height", WireTypes.U32, m => m.Height),
        (lcaHash, height) => new(lcaHash, height));
}
