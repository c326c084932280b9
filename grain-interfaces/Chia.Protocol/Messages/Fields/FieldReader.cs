using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages.Fields;

/// <summary>
/// Reads the values of a message in declaration order, whatever order the peer wrote them in. The first failure sticks; the message built
/// after one is thrown away.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> data, FieldSlices slices)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private FieldSlices _slices = slices;
    private int _next;

    /// <summary>The first failure.</summary>
    public DecodeFailure Failure { get; private set; }

    /// <summary>The value of the next field, which must be <paramref name="field"/>.</summary>
    public T Next<TMessage, T>(Field<TMessage, T> field)
        where TMessage : Message
    {
        var (start, end) = _slices[_next++];
        if (Failure.Failed)
            return default!;
        var reader = new CborReader(_data[start..end]);
        var fault = default(ValueFault);
        var value = field.Value.Read(ref reader, ref fault);

        // The slice is one well-formed item, so the only error left to the CBOR reader is that of a type.
        if (reader.Error != CborError.None)
            Failure = new DecodeFailure(DecodeFailureKind.WrongType, field.Name);
        else if (fault != default)
            Failure = new DecodeFailure(fault.Kind, field.Name, Structure: fault.Structure);
        return value;
    }
}
