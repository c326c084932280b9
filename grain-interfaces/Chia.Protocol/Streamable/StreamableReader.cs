using System.Buffers.Binary;
using System.Text;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Streamable;

/// <summary>
/// Reads the consensus serialisation (CONSENSUS.md 2), bounds-checked and strict.
/// The first error sticks: later reads return defaults, so structures read without branches and the caller asks once, at the end.
/// </summary>
public ref struct StreamableReader
{
    /// <summary>Largest byte list inside a structure: a witness of type 255 has 68,470 bytes; proofs of space have at most 8·59.</summary>
    public const int MaxByteListLength = 130 + 268 * 255;

    /// <summary>Largest text inside a structure: a DNS name has at most 253 characters.</summary>
    public const int MaxTextLength = 255;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first byte.</summary>
    public StreamableReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>The first error, or <see cref="StreamableError.None"/>.</summary>
    internal StreamableError Error { get; private set; }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Records an error unless there is one already, and stops reading.</summary>
    internal void Fail(StreamableError error)
    {
        if (Error == StreamableError.None)
            Error = error;
        _rest = default;
    }

    /// <summary>Declares the structure complete: bytes left over are an error. Returns the verdict.</summary>
    internal StreamableError Finish()
    {
        if (Error == StreamableError.None && _rest.Length != 0)
            Fail(StreamableError.TrailingBytes);
        return Error;
    }

    /// <summary>uint8.</summary>
    internal byte ReadUInt8() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>uint16, big-endian.</summary>
    internal ushort ReadUInt16() => BinaryPrimitives.TryReadUInt16BigEndian(Take(2), out var value) ? value : (ushort)0;

    /// <summary>uint32, big-endian.</summary>
    public uint ReadUInt32() => BinaryPrimitives.TryReadUInt32BigEndian(Take(4), out var value) ? value : 0;

    /// <summary>uint64, big-endian.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.TryReadUInt64BigEndian(Take(8), out var value) ? value : 0;

    /// <summary>Exactly <paramref name="length"/> raw bytes.</summary>
    internal ByteString ReadBytes(int length) => ByteString.Copy(Take(length));

    /// <summary>32 raw bytes.</summary>
    public Bytes32 ReadBytes32() => Take(Bytes32.Size) is { Length: Bytes32.Size } bytes ? new Bytes32(bytes) : default;

    /// <summary>A public key, brought to its canonical encoding (BLS.md 4.3). Whether it is on the curve is for validation to
    /// say.</summary>
    internal Bytes48 ReadPublicKey() =>
        Take(Bytes48.Size) is { Length: Bytes48.Size } bytes ? BlsEncoding.CanonicalPublicKey(bytes) : default;

    /// <summary>A prepend signature (bit 0x40 set), brought to its canonical encoding.</summary>
    internal Bytes96 ReadPrependSignature() => ReadSignature(marked: true);

    /// <summary>A plain signature (bit 0x40 clear), brought to its canonical encoding.</summary>
    internal Bytes96 ReadPlainSignature() => ReadSignature(marked: false);

    /// <summary>List[uint8]: a 4-byte length and the raw bytes, at most <see cref="MaxByteListLength"/>.</summary>
    internal ByteString ReadByteList()
    {
        var length = ReadUInt32();
        if (length > MaxByteListLength)
        {
            Fail(StreamableError.ListTooLong);
            return default;
        }

        return ReadBytes((int)length);
    }

    /// <summary>The flag of an optional field: 0 absent, 1 present, anything else an error.</summary>
    internal bool ReadPresent()
    {
        var flag = ReadUInt8();
        if (flag > 1)
            Fail(StreamableError.OptionalFlag);
        return flag == 1 && Error == StreamableError.None;
    }

    /// <summary>Text: a 4-byte length and that many ASCII characters (CONSENSUS.md 2.2 explains why only ASCII).</summary>
    internal string ReadText()
    {
        var length = ReadUInt32();
        if (length > MaxTextLength)
        {
            Fail(StreamableError.ListTooLong);
            return "";
        }

        var bytes = Take((int)length);
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        Fail(StreamableError.TextNotAscii);
        return "";
    }

    private Bytes96 ReadSignature(bool marked)
    {
        var bytes = Take(Bytes96.Size);
        if (bytes.Length != Bytes96.Size)
            return default;
        if ((bytes[0] & BlsEncoding.PrependMark) != 0 == marked)
            return BlsEncoding.CanonicalSignature(bytes);
        Fail(marked ? StreamableError.PrependSignatureUnmarked : StreamableError.PlainSignatureMarked);
        return default;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
        {
            Fail(StreamableError.Truncated);
            return default;
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
