using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages.Fields;

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
        MaxDataSize = CborHead.SizeOf((ulong)fields.Length) + fields.Sum(one => one.MaxSize);
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
        writer.WriteMapHeader(_fields.Length);
        foreach (var field in _fields)
            field.Write(writer, message);
    }

    /// <summary>Reads <c>d</c>, which must be well-formed CBOR and nothing else.</summary>
    public DecodeFailure TryRead(ReadOnlySpan<byte> data, out Message? message)
    {
        message = null;
        var failure = TryLocate(data, out var slices);
        if (failure.Failed)
            return failure;
        var fields = new FieldReader(data, slices);
        var built = _build(ref fields);
        if (!fields.Failure.Failed)
            message = built;
        return fields.Failure;
    }

    /// <summary>Finds each field's value, in any order, each exactly once.</summary>
    private DecodeFailure TryLocate(ReadOnlySpan<byte> data, out FieldSlices slices)
    {
        slices = default;
        var reader = new CborReader(data);
        if (reader.Peek() != CborType.Map)
            return new DecodeFailure(DecodeFailureKind.DataNotAMap);
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (reader.Peek() != CborType.Text)
                return new DecodeFailure(DecodeFailureKind.UnknownField, "(not text)");
            var key = reader.ReadText();
            var field = IndexOf(key);
            if (field < 0)
                return new DecodeFailure(DecodeFailureKind.UnknownField, DecodeFailure.Printable(key));
            if (slices[field].End != 0)
                return new DecodeFailure(DecodeFailureKind.DuplicateField, _fields[field].Name);
            var start = reader.Position;
            reader.Skip(ValueDepth);
            slices[field] = (start, reader.Position);
        }

        if (reader.Finish() != CborError.None)
            return new DecodeFailure(DecodeFailureKind.NotCbor, Cbor: reader.Error);
        for (var field = 0; field < _fields.Length; field++)
        {
            if (slices[field].End == 0)
                return new DecodeFailure(DecodeFailureKind.MissingField, _fields[field].Name);
        }

        return default;
    }

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
