using System.Formats.Cbor;
using System.Text;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages;

/// <summary>CBOR text of bounded length.</summary>
/// <param name="maxLength">UTF-8 bytes.</param>
internal sealed class TextCodec(int maxLength) : ValueCodec<string>
{
    public override long MaxSize { get; } = CborSize.OfHead((ulong)maxLength) + maxLength;

    public override void Write(CborWriter writer, string value) => writer.WriteTextString(value);

    public override string Read(WireReader reader, ref ValueFault fault)
    {
        var text = reader.ReadText();
        if (text.Length <= maxLength)
            return Encoding.UTF8.GetString(text);
        fault = new ValueFault(DecodeFailureKind.WrongLength);
        return "";
    }
}
