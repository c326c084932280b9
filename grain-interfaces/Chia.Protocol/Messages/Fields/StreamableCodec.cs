using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages;

/// <summary>A consensus structure in its own serialisation, as a byte string (CONSENSUS.md 2).</summary>
/// <param name="maxLength">Bytes of the largest structure that can be valid.</param>
internal sealed class StreamableCodec<T>(int maxLength) : ValueCodec<T>
    where T : class, IStreamable<T>
{
    public override long MaxSize { get; } = CborSize.OfHead((ulong)maxLength) + maxLength;

    public override void Write(CborWriter writer, T value)
    {
        var structure = new StreamableWriter();
        value.Write(structure);
        writer.WriteByteString(structure.Written);
    }

    public override T Read(WireReader reader, ref ValueFault fault)
    {
        var bytes = reader.ReadBytes();
        if (reader.Error != CborError.None)
            return null!;
        if (bytes.Length > maxLength)
        {
            fault = new ValueFault(DecodeFailureKind.WrongLength);
            return null!;
        }

        var error = StreamableExtensions.TryDecode<T>(bytes, out var value);
        if (value is null)
            fault = new ValueFault(DecodeFailureKind.BadStructure, error);
        return value!;
    }
}
