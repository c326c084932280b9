using System.Runtime.CompilerServices;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages;

/// <summary>
/// Reads the values of a message in declaration order. Every peer writes them in this order, so they are read where they lie; if one has
/// another place, <see cref="IsOutOfOrder"/> is set, and the caller finds the places first. The first failure sticks; the message built
/// after one is thrown away.
/// </summary>
internal ref struct FieldReader
{
    private readonly WireReader _reader;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly bool _isLocated;
    private FieldSlices _slices;
    private int _next;

    /// <summary>Reads names and values as they come.</summary>
    public FieldReader(WireReader reader) => _reader = reader;

    /// <summary>Reads values whose places are known.</summary>
    public FieldReader(WireReader reader, ReadOnlyMemory<byte> data, FieldSlices slices)
    {
        _reader = reader;
        _data = data;
        _slices = slices;
        _isLocated = true;
    }

    /// <summary>The first failure.</summary>
    public DecodeFailure Failure { get; private set; }

    /// <summary>Another name than the next field's came.</summary>
    public bool IsOutOfOrder { get; private set; }

    /// <summary>The value of the next field, which must be <paramref name="field"/>.</summary>
    public T Next<TMessage, T>(Field<TMessage, T> field)
        where TMessage : Message
    {
        if (Failure.Failed || IsOutOfOrder)
            return default!;
        if (_isLocated)
            Locate();
        else if (!_reader.ReadText().SequenceEqual(field.Utf8Name))
            IsOutOfOrder = true;
        if (IsOutOfOrder)
            return default!;
        var fault = default(ValueFault);
        var value = field.Value.Read(_reader, ref fault);
        if (_reader.Error == CborError.UnexpectedType)
            Failure = new DecodeFailure(DecodeFailureKind.WrongType, field.Name);
        else if (_reader.Error != CborError.None)
            Failure = new DecodeFailure(DecodeFailureKind.NotCbor, Cbor: _reader.Error);
        else if (fault != default)
            Failure = new DecodeFailure(fault.Kind, field.Name, Structure: fault.Structure);
        return value;
    }

    private void Locate()
    {
        var (start, end) = _slices[_next++];
        _reader.Reset(_data[start..end]);
    }
}

/// <summary>Where each field's value lies in the bytes of <c>d</c>; a field that has not been seen has an empty range, which no item
/// has.</summary>
[InlineArray(MessageCodec.MaxFields)]
internal struct FieldSlices
{
    private (int Start, int End) _first;
}
