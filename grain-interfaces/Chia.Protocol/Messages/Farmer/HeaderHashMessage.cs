using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The block that a farmer asked for, ready to be signed (PROTOCOL.md 8.4).</summary>
/// <param name="PosHash">H(ser(proof of space)).</param>
/// <param name="HeaderHash">H(ser(header data)): what is signed. Not the block id.</param>
public sealed record HeaderHashMessage(Bytes32 PosHash, Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "header_hash";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HeaderHashMessage, Bytes32>("pos_hash", WireTypes.B32, m => m.PosHash),
        new Field<HeaderHashMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        (posHash, headerHash) => new(posHash, headerHash));
}
