using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Plots;

/// <summary>Records of one length, appended by one thread at a time, then read once, in order.</summary>
internal sealed unsafe class ChunkList(ChunkStore store, int recordBytes)
{
    private readonly int _capacity = ChunkStore.ChunkBytes / recordBytes * recordBytes;
    private readonly List<Chunk> _chunks = [];
    private nint _tail;
    private int _used;

    /// <summary>Number of records.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of a record.</summary>
    public int RecordBytes => recordBytes;

    /// <summary>The place of one more record, which the caller fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Append()
    {
        if (_tail == 0 || _used == _capacity)
            Turn();
        ref var place = ref *((byte*)_tail + _used);
        _used += recordBytes;
        Count++;
        return ref place;
    }

    /// <summary>No more records will come: what is not full yet may leave memory too.</summary>
    public void Complete()
    {
        if (_tail != 0)
            _chunks.Add(store.Seal(_tail, _used));
        _tail = 0;
    }

    /// <summary>Copies all records and gives up the list.</summary>
    public void Drain(Span<byte> target)
    {
        Complete();
        foreach (var chunk in _chunks)
        {
            // Pieces in the file need no scratch space of their own: they are read to where they belong.
            var bytes = store.Read(chunk, target);
            if (chunk.InMemory)
                bytes.CopyTo(target);
            target = target[chunk.Length..];
            store.Free(chunk);
        }

        _chunks.Clear();
        Count = 0;
    }

    /// <summary>A reader that leaves the records in place.</summary>
    public ChunkCursor Read() => new(store, _chunks, free: false);

    /// <summary>A reader that gives up each piece once it has been read.</summary>
    public ChunkCursor Consume() => new(store, _chunks, free: true);

    private void Turn()
    {
        if (_tail != 0)
            _chunks.Add(store.Seal(_tail, _used));
        _tail = store.Rent();
        _used = 0;
    }
}
