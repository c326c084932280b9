namespace Chia.Consensus.Chain;

/// <summary>Numbers by index in chunks: growing copies none of them and reserves little.</summary>
internal sealed class IntColumn
{
    private const int ChunkSize = 1024;

    private readonly List<int[]> _chunks = [];

    internal int Count { get; private set; }

    internal int this[int index]
    {
        get => _chunks[index / ChunkSize][index % ChunkSize];
        set => _chunks[index / ChunkSize][index % ChunkSize] = value;
    }

    internal void Add(int value)
    {
        SetCount(Count + 1);
        this[Count - 1] = value;
    }

    /// <summary>Makes it longer, by whatever values, or shorter.</summary>
    internal void SetCount(int count)
    {
        while (_chunks.Count * ChunkSize < count)
            _chunks.Add(new int[ChunkSize]);
        Count = count;
    }
}
