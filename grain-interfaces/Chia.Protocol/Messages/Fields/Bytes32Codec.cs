using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages.Fields;

/// <summary>A byte string of exactly 32 bytes.</summary>
internal sealed class Bytes32Codec : ValueCodec<Bytes32>
{
    /// <summary>Bytes on the wire: 58 20 and the value.</summary>
    public const int Size = 2 + Bytes32.Size;

    public override long MaxSize => Size;

    public override int MinSize => Size;

    public override void Write(CborWriter writer, Bytes32 value) => writer.WriteByteString(value.Span);

    public override Bytes32 Read(WireReader reader, ref ValueFault fault)
    {
        var bytes = reader.ReadBytes();
        if (bytes.Length == Bytes32.Size)
            return new Bytes32(bytes);
        fault = new ValueFault(DecodeFailureKind.WrongLength);
        return default;
    }
}
