using System.Buffers.Binary;
using System.Text.Unicode;

namespace Chia.Protocol.Cbor;

/// <summary>
/// Reads the normal form of CBOR (PROTOCOL.md 3.1), bounds-checked and strict; it allocates nothing.
/// The first error sticks: later reads return defaults and the rest of the data is gone, so loops end.
/// </summary>
/// <remarks>
/// The reference's decoder takes any CBOR. This one refuses what its encoder never writes (DECISIONS 6): indefinite lengths, tags, floats,
/// simple values other than null, and heads longer than necessary. The last of these carry no danger; they are refused because a message
/// then has one encoding only, so that what is logged, compared and counted is what was sent.
/// </remarks>
public ref struct CborReader
{
    private ReadOnlySpan<byte> _data;

    /// <summary>Starts at the first byte.</summary>
    public CborReader(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>The first error, or <see cref="CborError.None"/>.</summary>
    public CborError Error { get; private set; }

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>Type of the next item, without reading it; <see cref="CborType.None"/> where no item of the normal form starts.</summary>
    public readonly CborType Peek()
    {
        if (Remaining == 0)
            return CborType.None;
        return (_data[Position] & CborHead.MajorMask) switch
        {
            CborHead.Unsigned => CborType.Unsigned,
            CborHead.Negative => CborType.Negative,
            CborHead.Bytes => CborType.Bytes,
            CborHead.Text => CborType.Text,
            CborHead.Array => CborType.Array,
            CborHead.Map => CborType.Map,
            _ => _data[Position] == CborHead.Null ? CborType.Null : CborType.None,
        };
    }

    /// <summary>Records an error unless there is one already, and stops reading.</summary>
    public void Fail(CborError error)
    {
        if (Error == CborError.None)
            Error = error;
        _data = default;
        Position = 0;
    }

    /// <summary>Declares the data complete: bytes left over are an error. Returns the verdict.</summary>
    public CborError Finish()
    {
        if (Error == CborError.None && Remaining != 0)
            Fail(CborError.TrailingBytes);
        return Error;
    }

    /// <summary>Unsigned integer.</summary>
    public ulong ReadUnsigned() => ReadHead(CborType.Unsigned);

    /// <summary>Byte string, without a copy.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadHead(CborType.Bytes));

    /// <summary>Text as UTF-8 bytes, checked, without a copy.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var text = Take(ReadHead(CborType.Text));
        if (Utf8.IsValid(text))
            return text;
        Fail(CborError.TextNotUtf8);
        return default;
    }

    /// <summary>Head of an array: the number of items that follow, at most as many as there are bytes left.</summary>
    public int ReadArrayHeader() => Count(ReadHead(CborType.Array), bytesPerItem: 1);

    /// <summary>Head of a map: the number of pairs that follow, at most half as many as there are bytes left.</summary>
    public int ReadMapHeader() => Count(ReadHead(CborType.Map), bytesPerItem: 2);

    /// <summary>True if the next item is null, which is then read.</summary>
    public bool TryReadNull()
    {
        if (Peek() != CborType.Null)
            return false;
        Position++;
        return true;
    }

    /// <summary>Reads one item of any type and checks that it is in normal form. Keys of maps are not compared: whoever reads the map does that.</summary>
    /// <param name="depth">Containers that may be nested in each other; 0 allows none. The stack grows by one call a container.</param>
    public void Skip(int depth)
    {
        var type = Peek();
        switch (type)
        {
            case CborType.Null:
                Position++;
                break;
            case CborType.Bytes:
                ReadBytes();
                break;
            case CborType.Text:
                ReadText();
                break;
            case CborType.Array when depth > 0:
                SkipItems(ReadArrayHeader(), depth - 1);
                break;
            case CborType.Map when depth > 0:
                SkipItems(2 * ReadMapHeader(), depth - 1);
                break;
            case CborType.Array or CborType.Map:
                Fail(CborError.TooDeep);
                break;
            default:
                ReadHead(type);
                break;
        }
    }

    private void SkipItems(int count, int depth)
    {
        for (; count > 0 && Error == CborError.None; count--)
            Skip(depth);
    }

    private int Count(ulong announced, int bytesPerItem)
    {
        if (announced <= (ulong)(Remaining / bytesPerItem))
            return (int)announced;
        Fail(CborError.Truncated);
        return 0;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)Remaining)
        {
            Fail(CborError.Truncated);
            return default;
        }

        var taken = _data.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    /// <summary>The number in the next item's head, if the item has the given type.</summary>
    private ulong ReadHead(CborType expected)
    {
        if (Remaining == 0)
        {
            Fail(CborError.Truncated);
            return 0;
        }

        var type = Peek();
        var first = _data[Position];
        if (type == CborType.None)
            Fail(OutsideNormalForm(first));
        else if (type != expected || type == CborType.Null)
            Fail(CborError.UnexpectedType);
        if (Error != CborError.None)
            return 0;
        Position++;
        return ReadNumber(first & CborHead.InfoMask);
    }

    private ulong ReadNumber(int info)
    {
        if (info <= CborHead.MaxInline)
            return (ulong)info;
        if (info > CborHead.EightBytes)
        {
            Fail(info == CborHead.InfoMask ? CborError.IndefiniteLength : CborError.ReservedHead);
            return 0;
        }

        var bytes = Take(1UL << (info - CborHead.OneByte));
        ulong number = bytes.Length switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            8 => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            _ => 0,
        };
        if (CborHead.SizeOf(number) == 1 + bytes.Length)
            return number;
        Fail(CborError.NonShortestHead);
        return 0;
    }

    private static CborError OutsideNormalForm(byte first) => (first & CborHead.MajorMask, first & CborHead.InfoMask) switch
    {
        (CborHead.Tag, _) => CborError.Tag,
        (_, CborHead.TwoBytes or CborHead.FourBytes or CborHead.EightBytes) => CborError.Float,
        (_, CborHead.InfoMask) => CborError.IndefiniteLength,
        (_, > CborHead.EightBytes) => CborError.ReservedHead,
        _ => CborError.SimpleValue,
    };
}
