using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages.Fields;

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
