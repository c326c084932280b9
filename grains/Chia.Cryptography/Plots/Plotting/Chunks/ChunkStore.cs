using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Where the plotter's tables live: pieces of 64 KiB, in memory as long as the limit allows, beyond it in one temporary file whose
/// slots are used again. Everything is written and read in whole pieces, in order. Safe from any thread.
/// </summary>
internal sealed unsafe class ChunkStore : IDisposable
{
    /// <summary>Bytes of a piece: large enough for a disk, small enough to have one open for each of 2048 partitions.</summary>
    public const int ChunkBytes = 1 << 16;

    private readonly Lock _lock = new();
    private readonly ChunkMemory _memory = new(ChunkBytes);
    private readonly Stack<long> _freeSlots = new();
    private readonly string _spillPath;
    private readonly long _limit;
    private SafeFileHandle? _file;
    private long _bytesInUse;
    private long _slots;

    /// <summary>An empty store.</summary>
    /// <param name="spillPath">The temporary file; created when first needed, replacing one that an earlier run left.</param>
    /// <param name="limit">Bytes of full pieces to keep in memory.</param>
    public ChunkStore(string spillPath, long limit)
    {
        _spillPath = spillPath;
        _limit = limit;
    }

    /// <summary>The largest size of the temporary file so far.</summary>
    public long SpilledBytes => _slots * ChunkBytes;

    /// <summary>An empty piece in memory, whatever the limit: someone is about to write to it.</summary>
    public nint Rent()
    {
        lock (_lock)
        {
            _bytesInUse += ChunkBytes;
            return _memory.Rent();
        }
    }

    /// <summary>Takes back a piece.</summary>
    public void Return(nint buffer)
    {
        lock (_lock)
        {
            _bytesInUse -= ChunkBytes;
            _memory.Return(buffer);
        }
    }

    /// <summary>Keeps a written piece, in memory or in the file.</summary>
    /// <exception cref="IOException">The temporary file cannot be written: most often the disk is full.</exception>
    public Chunk Seal(nint buffer, int length)
    {
        long slot;
        SafeFileHandle file;
        lock (_lock)
        {
            if (_bytesInUse <= _limit)
                return new Chunk(buffer, -1, length);
            file = _file ??= File.OpenHandle(
                _spillPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
            slot = _freeSlots.TryPop(out var free) ? free : _slots++;
        }

        RandomAccess.Write(file, BytesOf(buffer, length), slot * ChunkBytes);
        Return(buffer);
        return new Chunk(0, slot, length);
    }

    /// <summary>The bytes of a piece; those in the file are read into <paramref name="scratch"/>, at least 64 KiB.</summary>
    public ReadOnlySpan<byte> Read(Chunk chunk, Span<byte> scratch)
    {
        if (chunk.InMemory)
            return BytesOf(chunk.Buffer, chunk.Length);
        var target = scratch[..chunk.Length];
        var offset = chunk.Slot * ChunkBytes;
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(_file!, target, offset);
            if (read == 0)
                throw new EndOfStreamException($"the temporary file {_spillPath} has become shorter while plotting");
            target = target[read..];
            offset += read;
        }

        return scratch[..chunk.Length];
    }

    /// <summary>Gives up a piece.</summary>
    public void Free(Chunk chunk)
    {
        if (chunk.InMemory)
        {
            Return(chunk.Buffer);
            return;
        }

        lock (_lock)
            _freeSlots.Push(chunk.Slot);
    }

    /// <summary>The bytes of a piece in memory; valid until it is given up.</summary>
    public static Span<byte> BytesOf(nint buffer, int length) => new((void*)buffer, length);

    /// <summary>Gives up all pieces; closes and removes the temporary file.</summary>
    public void Dispose()
    {
        _memory.Dispose();
        _file?.Dispose();
    }
}

/// <summary>A filled piece of a table: in memory, or in a slot of the temporary file.</summary>
/// <param name="Buffer">Where the bytes are, or 0 if they are in the file.</param>
/// <param name="Slot">Number of the slot in the file.</param>
/// <param name="Length">Bytes in use.</param>
internal readonly record struct Chunk(nint Buffer, long Slot, int Length)
{
    /// <summary>Whether it is in memory.</summary>
    public bool InMemory => Buffer != 0;
}
