using System.Formats.Cbor;
using System.Text.Unicode;

namespace Chia.Protocol.Cbor;

/// <summary>
/// Reads what the protocol takes of CBOR (DECISIONS 6) and gives a reason for the rest instead of an exception: definite lengths, no tags,
/// no floats, no simple value but null. The first error sticks: later reads return defaults and nothing remains, so loops end.
/// </summary>
/// <remarks>One a thread is kept for use again; it copies nothing, so what it returns lies in the data it was given.</remarks>
internal sealed class WireReader
{
    /// <summary>
    /// Not strict: what is refused beyond well-formedness is decided here, key by key and head by head. Several root values: the arguments
    /// are read from the middle of a payload.
    /// </summary>
    private static readonly CborReaderOptions Options = new()
    {
        ConformanceMode = CborConformanceMode.Lax,
        AllowMultipleRootLevelValues = true,
    };

    [ThreadStatic]
    private static WireReader? _free;

    private readonly CborReader _reader = new(default, Options);
    private int _length;

    private WireReader()
    {
    }

    /// <summary>The first error, or <see cref="CborError.None"/>.</summary>
    public CborError Error { get; private set; }

    /// <summary>Bytes read; meaningless after an error.</summary>
    public int Position => _length - _reader.BytesRemaining;

    /// <summary>Bytes not yet read.</summary>
    public int Remaining => Error == CborError.None ? _reader.BytesRemaining : 0;

    /// <summary>A reader at the first byte.</summary>
    public static WireReader Rent(ReadOnlyMemory<byte> data)
    {
        var reader = _free ?? new WireReader();
        _free = null;
        reader.Reset(data);
        return reader;
    }

    /// <summary>Gives the reader back; it must not be used any more.</summary>
    public void Return()
    {
        Reset(default);
        _free = this;
    }

    /// <summary>Starts anew with other data.</summary>
    public void Reset(ReadOnlyMemory<byte> data)
    {
        Error = CborError.None;
        _length = data.Length;
        _reader.Reset(data);
    }

    /// <summary>What comes next, without reading it.</summary>
    public CborReaderState Peek()
    {
        if (Error != CborError.None)
            return CborReaderState.Undefined;
        try
        {
            return _reader.PeekState();
        }
        catch (CborContentException)
        {
            Fail(CborError.Malformed);
            return CborReaderState.Undefined;
        }
    }

    /// <summary>Records an error unless there is one already, and stops reading.</summary>
    public void Fail(CborError error)
    {
        if (Error == CborError.None)
            Error = error;
    }

    /// <summary>Declares the data complete: bytes left over are an error. Returns the verdict.</summary>
    public CborError Finish()
    {
        if (Remaining != 0)
            Fail(CborError.TrailingBytes);
        return Error;
    }

    /// <summary>Unsigned integer.</summary>
    public ulong ReadUnsigned() => Expect(CborReaderState.UnsignedInteger) ? Guarded(static r => r.ReadUInt64()) : 0;

    /// <summary>Byte string, without a copy.</summary>
    public ReadOnlySpan<byte> ReadBytes() =>
        Expect(CborReaderState.ByteString) ? Guarded(static r => r.ReadDefiniteLengthByteString()).Span : default;

    /// <summary>Text as UTF-8 bytes, checked, without a copy.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        if (!Expect(CborReaderState.TextString))
            return default;
        var text = Guarded(static r => r.ReadDefiniteLengthTextStringBytes()).Span;
        if (Utf8.IsValid(text))
            return text;
        Fail(CborError.TextNotUtf8);
        return default;
    }

    /// <summary>Head of an array: the number of items that follow, at most as many as there are bytes left. <see cref="EndArray"/> follows
    /// them.</summary>
    public int ReadArrayHeader() =>
        Expect(CborReaderState.StartArray) ? Count(Guarded(static r => r.ReadStartArray() ?? -1), bytesPerItem: 1) : 0;

    /// <summary>The items of an array have all been read.</summary>
    public void EndArray()
    {
        if (Error == CborError.None)
            _reader.ReadEndArray();
    }

    /// <summary>Head of a map: the number of pairs that follow, at most half as many as there are bytes left. <see cref="EndMap"/> follows
    /// them.</summary>
    public int ReadMapHeader() =>
        Expect(CborReaderState.StartMap) ? Count(Guarded(static r => r.ReadStartMap() ?? -1), bytesPerItem: 2) : 0;

    /// <summary>The pairs of a map have all been read.</summary>
    public void EndMap()
    {
        if (Error == CborError.None)
            _reader.ReadEndMap();
    }

    /// <summary>True if the next item is null, which is then read.</summary>
    public bool TryReadNull()
    {
        if (Peek() != CborReaderState.Null)
            return false;
        _reader.ReadNull();
        return true;
    }

    /// <summary>Reads one item of any type that the protocol takes. Keys of maps are not compared: whoever reads the map does
    /// that.</summary>
    /// <param name="depth">Containers that may be nested in each other; 0 allows none. The stack grows by one call a container.</param>
    public void Skip(int depth)
    {
        switch (Peek())
        {
            case CborReaderState.Null:
                _reader.ReadNull();
                break;
            case CborReaderState.NegativeInteger:
                Guarded(static r => r.ReadCborNegativeIntegerRepresentation());
                break;
            case CborReaderState.ByteString:
                ReadBytes();
                break;
            case CborReaderState.TextString:
                ReadText();
                break;
            case CborReaderState.StartArray when depth > 0:
                SkipItems(ReadArrayHeader(), depth - 1);
                EndArray();
                break;
            case CborReaderState.StartMap when depth > 0:
                SkipItems(2 * ReadMapHeader(), depth - 1);
                EndMap();
                break;
            case CborReaderState.StartArray or CborReaderState.StartMap:
                Fail(CborError.TooDeep);
                break;
            default:
                ReadUnsigned();
                break;
        }
    }

    private void SkipItems(int count, int depth)
    {
        for (; count > 0 && Error == CborError.None; count--)
            Skip(depth);
    }

    private int Count(int announced, int bytesPerItem)
    {
        if (announced < 0)
            Fail(CborError.IndefiniteLength);
        else if (announced > Remaining / bytesPerItem)
            Fail(CborError.Malformed);
        return Error == CborError.None ? announced : 0;
    }

    private bool Expect(CborReaderState expected)
    {
        var state = Peek();
        if (state == expected)
            return true;
        Fail(ReasonAgainst(state));
        return false;
    }

    private static CborError ReasonAgainst(CborReaderState state) => state switch
    {
        CborReaderState.Tag => CborError.Tag,
        CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat =>
            CborError.Float,
        CborReaderState.SimpleValue or CborReaderState.Boolean => CborError.SimpleValue,
        CborReaderState.StartIndefiniteLengthByteString or CborReaderState.StartIndefiniteLengthTextString => CborError.IndefiniteLength,
        CborReaderState.Undefined or CborReaderState.Finished => CborError.Malformed,
        _ => CborError.UnexpectedType,
    };

    /// <summary>A peek looks at the first byte only: what is wrong with the rest is found by the read.</summary>
    private T? Guarded<T>(Func<CborReader, T> read)
    {
        try
        {
            return read(_reader);
        }
        catch (CborContentException)
        {
            Fail(CborError.Malformed);
            return default;
        }
    }
}
