using System.Collections.Immutable;
using System.Formats.Cbor;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages;

/// <summary>An array whose items all have one type. Room is made for as many items as the bytes can hold, whatever is announced.</summary>
/// <param name="item">How an item travels.</param>
/// <param name="maxCount">Most items that an honest peer sends.</param>
internal sealed class ListCodec<T>(ValueCodec<T> item, int maxCount) : ValueCodec<ImmutableArray<T>>
{
    public override long MaxSize { get; } = CborSize.OfHead((ulong)maxCount) + (maxCount * item.MaxSize);

    public override void Write(CborWriter writer, ImmutableArray<T> value)
    {
        writer.WriteStartArray(value.Length);
        foreach (var one in value)
            item.Write(writer, one);
        writer.WriteEndArray();
    }

    public override ImmutableArray<T> Read(WireReader reader, ref ValueFault fault)
    {
        var count = reader.ReadArrayHeader();
        if (count > maxCount)
        {
            fault = new ValueFault(DecodeFailureKind.TooManyItems);
            return [];
        }

        var items = ImmutableArray.CreateBuilder<T>(Math.Min(count, reader.Remaining / item.MinSize));
        for (var i = 0; i < count && reader.Error == CborError.None && fault == default; i++)
            items.Add(item.Read(reader, ref fault));
        if (fault == default)
            reader.EndArray();
        return items.DrainToImmutable();
    }
}
