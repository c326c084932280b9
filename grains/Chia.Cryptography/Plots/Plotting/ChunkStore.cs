using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Where the plotter's tables live: pieces of 64 KiB, in memory as long as the limit allows, beyond it in one temporary file whose
/// slots are used again. Everything is written and read in whole pieces, in order. Safe from any thread.
/// </summary>
internal sealed class ChunkStore : IDisposable
{
    /// <summary>Bytes of a piece: large enough for a disk, small enough to have one open for each of 2048 partitions.</summary>
    public const int ChunkBytes = 1 << 16;

    private readonly Lock _lock = new();
    private readonly Stack<byte[]> _freeBuffers = new();
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
    public byte[] Rent()
    {
        lock (_lock)
        {
            _bytesInUse += ChunkBytes;
            if (_freeBuffers.TryPop(out var buffer))
                return buffer;
        }

        return GC.AllocateUninitializedArray<byte>(ChunkBytes);
    }

    /// <summary>Takes back a piece.</summary>
    public void Return(byte[] buffer)
    {
        lock (_lock)
        {
            _bytesInUse -= ChunkBytes;
            _freeBuffers.Push(buffer);
        }
    }

    /// <summary>Keeps a written piece, in memory or in the file.</summary>
    /// <exception cref="IOException">The temporary file cannot be written: most often the disk is full.</exception>
    public Chunk Seal(byte[] buffer, int length)
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

        RandomAccess.Write(file, buffer.AsSpan(0, length), slot * ChunkBytes);
        Return(buffer);
        return new Chunk(null, slot, length);
    }

    /// <summary>The bytes of a piece; those in the file are read into <paramref name="scratch"/>, at least 64 KiB.</summary>
    public ReadOnlySpan<byte> Read(Chunk chunk, Span<byte> scratch)
    {
        if (chunk.Buffer is not null)
            return chunk.Buffer.AsSpan(0, chunk.Length);
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
        if (chunk.Buffer is not null)
        {
            Return(chunk.Buffer);
            return;
        }

        lock (_lock)
            _freeSlots.Push(chunk.Slot);
    }

    /// <summary>Closes and removes the temporary file.</summary>
    public void Dispose() => _file?.Dispose();
}

/// <summary>A filled piece of a table: in memory, or in a slot of the temporary file.</summary>
/// <param name="Buffer">The bytes, or null if they are in the file.</param>
/// <param name="Slot">Number of the slot in the file.</param>
/// <param name="Length">Bytes in use.</param>
internal readonly record struct Chunk(byte[]? Buffer, long Slot, int Length);
