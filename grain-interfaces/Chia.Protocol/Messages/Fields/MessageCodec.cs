using System.Formats.Cbor;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages;

/// <summary>
/// One message on the wire: its name and its fields in wire order. The same declaration writes and reads.
/// </summary>
internal sealed partial class MessageCodec
{
    /// <summary>Most fields of a message (handshake, proof_of_space_finalized, request_header_hash).</summary>
    public const int MaxFields = 5;

    /// <summary>Containers inside a field's value: a list.</summary>
    private const int ValueDepth = 1;

    private readonly Field[] _fields;
    private readonly BuildMessage _build;

    private MessageCodec(string function, Field[] fields, BuildMessage build)
    {
        Function = function;
        _fields = fields;
        _build = build;
        MaxDataSize = CborSize.OfHead((ulong)fields.Length) + fields.Sum(one => one.MaxSize);
    }

    private delegate Message BuildMessage(ref FieldReader reader);

    /// <summary>Name on the wire.</summary>
    public string Function { get; }

    /// <summary>Bytes of the largest <c>d</c> that can be valid.</summary>
    public long MaxDataSize { get; }

    /// <summary>Names of the fields in wire order.</summary>
    public IEnumerable<string> FieldNames => _fields.Select(one => one.Name);

    /// <summary>Writes <c>d</c>.</summary>
    public void Write(CborWriter writer, Message message)
    {
        writer.WriteStartMap(_fields.Length);
        foreach (var field in _fields)
            field.Write(writer, message);
        writer.WriteEndMap();
    }

    /// <summary>Reads <c>d</c>: a map and nothing behind it.</summary>
    public DecodeFailure TryRead(WireReader reader, ReadOnlyMemory<byte> data, out Message? message)
    {
        message = null;
        reader.Reset(data);
        if (reader.Peek() != CborReaderState.StartMap)
        {
            reader.Skip(ValueDepth);
            return NotCbor(reader.Finish()) ?? new DecodeFailure(DecodeFailureKind.DataNotAMap);
        }

        if (reader.ReadMapHeader() != _fields.Length)
            return TryReadInAnyOrder(reader, data, out message);
        var fields = new FieldReader(reader);
        var built = _build(ref fields);
        if (fields.IsOutOfOrder)
            return TryReadInAnyOrder(reader, data, out message);
        return Finish(reader, fields.Failure, built, ref message);
    }

    private DecodeFailure TryReadInAnyOrder(WireReader reader, ReadOnlyMemory<byte> data, out Message? message)
    {
        message = null;
        reader.Reset(data);
        var failure = TryLocate(reader, out var slices);
        if (failure.Failed)
            return failure;
        var fields = new FieldReader(reader, data, slices);
        var built = _build(ref fields);
        if (!fields.Failure.Failed)
            message = built;
        return fields.Failure;
    }

    private static DecodeFailure Finish(WireReader reader, DecodeFailure failure, Message built, ref Message? message)
    {
        if (failure.Failed)
            return failure;
        reader.EndMap();
        if (NotCbor(reader.Finish()) is { } wrong)
            return wrong;
        message = built;
        return default;
    }

    /// <summary>Finds each field's value, in any order, each exactly once.</summary>
    private DecodeFailure TryLocate(WireReader reader, out FieldSlices slices)
    {
        slices = default;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (reader.Peek() != CborReaderState.TextString)
            {
                reader.Skip(depth: 0);
                return NotCbor(reader.Error) ?? new DecodeFailure(DecodeFailureKind.UnknownField, "(not text)");
            }

            var key = reader.ReadText();
            var field = IndexOf(key);
            if (reader.Error != CborError.None)
                break;
            if (field < 0)
                return new DecodeFailure(DecodeFailureKind.UnknownField, DecodeFailure.Printable(key));
            if (slices[field].End != 0)
                return new DecodeFailure(DecodeFailureKind.DuplicateField, _fields[field].Name);
            var start = reader.Position;
            reader.Skip(ValueDepth);
            if (reader.Error != CborError.None)
                break;
            slices[field] = (start, reader.Position);
        }

        reader.EndMap();
        if (NotCbor(reader.Finish()) is { } wrong)
            return wrong;
        for (var field = 0; field < _fields.Length; field++)
        {
            if (slices[field].End == 0)
                return new DecodeFailure(DecodeFailureKind.MissingField, _fields[field].Name);
        }

        return default;
    }

    private static DecodeFailure? NotCbor(CborError error) =>
        error == CborError.None ? null : new DecodeFailure(DecodeFailureKind.NotCbor, Cbor: error);

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (name.SequenceEqual(_fields[i].Utf8Name))
                return i;
        }

        return -1;
    }
}
