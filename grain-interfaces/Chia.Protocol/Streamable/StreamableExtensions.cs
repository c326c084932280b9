using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Streamable;

/// <summary>Whole structures to and from bytes.</summary>
public static class StreamableExtensions
{
    /// <summary>Writers that grew beyond this many bytes are not kept for the next structure: only a body grows so large.</summary>
    private const int LargestKept = 64 * 1024;

    /// <summary>Kept from one structure to the next: a block is hashed two dozen times on its way, in parts.</summary>
    [ThreadStatic]
    private static StreamableWriter? _writer;

    /// <summary>ser(X): the structure's bytes.</summary>
    public static byte[] ToBytes<T>(this T value)
        where T : IStreamable<T>
    {
        var writer = Rent();
        value.Write(writer);
        var bytes = writer.Written.ToArray();
        Return(writer);
        return bytes;
    }

    /// <summary>H(ser(X)): SHA-256 of the structure's bytes.</summary>
    public static Bytes32 Sha256<T>(this T value)
        where T : IStreamable<T>
    {
        var writer = Rent();
        value.Write(writer);
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        SHA256.HashData(writer.Written, digest);
        Return(writer);
        return new Bytes32(digest);
    }

    /// <summary>Decodes all of <paramref name="bytes"/>, or says why they are not the structure's normal form.</summary>
    public static StreamableError TryDecode<T>(ReadOnlySpan<byte> bytes, [NotNullIfNotNull(nameof(value))] out T? value)
        where T : class, IStreamable<T>
    {
        var reader = new StreamableReader(bytes);
        var read = T.Read(ref reader);
        var error = reader.Finish();
        value = error == StreamableError.None ? read : null;
        return error;
    }

    /// <summary>Decodes bytes that are known to be good, such as our own store's.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes)
        where T : class, IStreamable<T> =>
        TryDecode<T>(bytes, out var value) is var error && value is not null
            ? value
            : throw new InvalidDataException($"not a {typeof(T).Name}: {error}");

    /// <summary>The thread's writer; it is nobody else's until it is returned.</summary>
    private static StreamableWriter Rent()
    {
        var writer = _writer ?? new StreamableWriter();
        _writer = null;
        return writer;
    }

    private static void Return(StreamableWriter writer)
    {
        if (writer.Written.Length > LargestKept)
            return;
        writer.Reset();
        _writer = writer;
    }
}

/// <summary>A structure with a consensus serialisation: its fields in declaration order (CONSENSUS.md 2.1).</summary>
/// <typeparam name="TSelf">The structure itself.</typeparam>
public interface IStreamable<TSelf>
    where TSelf : IStreamable<TSelf>
{
    /// <summary>Reads the fields; errors stick to the reader.</summary>
    static abstract TSelf Read(ref StreamableReader reader);

    /// <summary>Writes the fields.</summary>
    void Write(StreamableWriter writer);
}
