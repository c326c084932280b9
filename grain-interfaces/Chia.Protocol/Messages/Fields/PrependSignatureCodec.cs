using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages.Fields;

/// <summary>A prepend signature: a byte string of exactly 96 bytes with bit 0x40 of the first set, brought to its canonical encoding (BLS.md 4.3).</summary>
internal sealed class PrependSignatureCodec : ValueCodec<Bytes96>
{
    public override long MaxSize => 2 + Bytes96.Size;

    public override void Write(CborWriter writer, Bytes96 value) => writer.WriteByteString(value.Span);

    public override Bytes96 Read(WireReader reader, ref ValueFault fault)
    {
        var bytes = reader.ReadBytes();
        if (bytes.Length != Bytes96.Size)
            fault = new ValueFault(DecodeFailureKind.WrongLength);
        else if ((bytes[0] & BlsEncoding.PrependMark) == 0)
            fault = new ValueFault(DecodeFailureKind.BadStructure, StreamableError.PrependSignatureUnmarked);
        else
            return BlsEncoding.CanonicalSignature(bytes);
        return default;
    }
}
