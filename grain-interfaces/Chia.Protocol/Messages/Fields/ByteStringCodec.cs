using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages.Fields;

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
