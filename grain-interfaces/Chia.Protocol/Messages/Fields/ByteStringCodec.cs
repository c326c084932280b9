using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages;

/// <summary>Bytes of any length up to a bound.</summary>
internal sealed class ByteStringCodec(int maxLength) : ValueCodec<ByteString>
{
    public override long MaxSize { get; } = CborSize.OfHead((ulong)maxLength) + maxLength;

    public override void Write(CborWriter writer, ByteString value) => writer.WriteByteString(value.Span);

    public override ByteString Read(WireReader reader, ref ValueFault fault)
    {
        var bytes = reader.ReadBytes();
        if (bytes.Length <= maxLength)
            return ByteString.Copy(bytes);
        fault = new ValueFault(DecodeFailureKind.WrongLength);
        return default;
    }
}

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

/// <summary>A public key: a byte string of exactly 48 bytes, brought to its canonical encoding (BLS.md 4.3). Its user checks that it is on
/// the curve.</summary>
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

/// <summary>A prepend signature: a byte string of exactly 96 bytes with bit 0x40 of the first set, brought to its canonical encoding
/// (BLS.md 4.3).</summary>
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
