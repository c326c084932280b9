using System.Formats.Cbor;
using System.Numerics;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>uint8 … uint64: a CBOR unsigned integer below 2^N.</summary>
internal sealed class UnsignedCodec<T> : ValueCodec<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>, IUnsignedNumber<T>
{
    public override long MaxSize { get; } = CborSize.OfHead(ulong.CreateChecked(T.MaxValue));

    public override void Write(CborWriter writer, T value) => writer.WriteUInt64(ulong.CreateTruncating(value));

    public override T Read(WireReader reader, ref ValueFault fault)
    {
        var value = reader.ReadUnsigned();
        if (value > ulong.CreateTruncating(T.MaxValue))
            fault = new ValueFault(DecodeFailureKind.OutOfRange);
        return T.CreateTruncating(value);
    }
}

/// <summary>A role: a CBOR unsigned integer from 1 to 5.</summary>
internal sealed class NodeTypeCodec : ValueCodec<NodeType>
{
    public override long MaxSize => 1;

    public override void Write(CborWriter writer, NodeType value) => writer.WriteUInt64((ulong)value);

    public override NodeType Read(WireReader reader, ref ValueFault fault)
    {
        var value = reader.ReadUnsigned();
        if (value is >= (ulong)NodeType.FullNode and <= (ulong)NodeType.Introducer)
            return (NodeType)value;
        fault = new ValueFault(DecodeFailureKind.OutOfRange);
        return NodeType.None;
    }
}
