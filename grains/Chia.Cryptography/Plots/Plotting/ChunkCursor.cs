namespace Chia.Cryptography.Plots;

/// <summary>Walks through the records of a completed list; one thread at a time.</summary>
internal sealed class ChunkCursor(ChunkStore store, List<Chunk> chunks, bool free)
{
    private byte[]? _scratch;
    private byte[]? _current;
    private int _index;
    private int _position;

    /// <summary>What is left of the current piece, or of the next one if nothing is; false at the end.</summary>
    public bool TryGetRest(out ReadOnlySpan<byte> rest)
    {
        while (_index < chunks.Count)
        {
            var chunk = chunks[_index];
            if (_current is null)
            {
                if (chunk.Buffer is null)
                    store.Read(chunk, _scratch ??= store.Rent());
                _current = chunk.Buffer ?? _scratch!;
                _position = 0;
            }

            if (_position < chunk.Length)
            {
                rest = _current.AsSpan(_position, chunk.Length - _position);
                return true;
            }

            _current = null;
            _index++;
            if (free)
                store.Free(chunk);
        }

        if (_scratch is not null)
            store.Return(_scratch);
        _scratch = null;
        rest = default;
        return false;
    }

    /// <summary>Marks bytes of <see cref="TryGetRest"/> as read.</summary>
    public void Advance(int bytes) => _position += bytes;
}
