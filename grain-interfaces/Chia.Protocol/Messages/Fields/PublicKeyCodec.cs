using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages.Fields;

/// <summary>A public key: a byte string of exactly 48 bytes, brought to its canonical encoding (BLS.md 4.3). Its user checks that it is on the curve.</summary>
internal sealed class PublicKeyCodec : ValueCodec<Bytes48>
{
    public override long MaxSize => 2 + Bytes48.Size;

    public override void Write(CborWriter writer, Bytes48 value) => writer.WriteByteString(value.Span);

    public override Bytes48 Read(WireReader reader, ref ValueFault fault)
    {
        var bytes = reader.ReadBytes();
        if (bytes.Length == Bytes48.Size)
            return BlsEncoding.CanonicalPublicKey(bytes);
        fault = new ValueFault(DecodeFailureKind.WrongLength);
        return default;
    }
}
