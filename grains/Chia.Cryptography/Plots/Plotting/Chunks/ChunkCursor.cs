namespace Chia.Cryptography.Plots;

/// <summary>Walks through the records of a completed list; one thread at a time.</summary>
internal sealed class ChunkCursor(ChunkStore store, List<Chunk> chunks, bool free)
{
    private nint _scratch;
    private nint _current;
    private int _index;
    private int _position;

    /// <summary>What is left of the current piece, or of the next one if nothing is; false at the end.</summary>
    public bool TryGetRest(out ReadOnlySpan<byte> rest)
    {
        while (_index < chunks.Count)
        {
            var chunk = chunks[_index];
            if (_current == 0)
            {
                _current = chunk.InMemory ? chunk.Buffer : ReadBack(chunk);
                _position = 0;
            }

            if (_position < chunk.Length)
            {
                rest = ChunkStore.BytesOf(_current, chunk.Length)[_position..];
                return true;
            }

            _current = 0;
            _index++;
            if (free)
                store.Free(chunk);
        }

        if (_scratch != 0)
            store.Return(_scratch);
        _scratch = 0;
        rest = default;
        return false;
    }

    /// <summary>Marks bytes of <see cref="TryGetRest"/> as read.</summary>
    public void Advance(int bytes) => _position += bytes;

    private nint ReadBack(Chunk chunk)
    {
        if (_scratch == 0)
            _scratch = store.Rent();
        store.Read(chunk, ChunkStore.BytesOf(_scratch, ChunkStore.ChunkBytes));
        return _scratch;
    }
}
