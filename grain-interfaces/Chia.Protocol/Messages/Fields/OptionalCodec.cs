using System.Formats.Cbor;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages;

/// <summary>A reference that may be absent: null, or the value itself.</summary>
internal sealed class OptionalCodec<T>(ValueCodec<T> value) : ValueCodec<T?>
    where T : class
{
    public override long MaxSize => value.MaxSize;

    public override void Write(CborWriter writer, T? item)
    {
        if (item is null)
            writer.WriteNull();
        else
            value.Write(writer, item);
    }

    public override T? Read(WireReader reader, ref ValueFault fault) =>
        reader.TryReadNull() ? null : value.Read(reader, ref fault);
}

/// <summary>A value type that may be absent: null, or the value itself.</summary>
internal sealed class OptionalNumberCodec<T>(ValueCodec<T> value) : ValueCodec<T?>
    where T : struct
{
    public override long MaxSize => value.MaxSize;

    public override void Write(CborWriter writer, T? item)
    {
        if (item is { } present)
            value.Write(writer, present);
        else
            writer.WriteNull();
    }

    public override T? Read(WireReader reader, ref ValueFault fault) =>
        reader.TryReadNull() ? null : value.Read(reader, ref fault);
}
