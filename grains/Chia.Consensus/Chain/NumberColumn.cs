namespace Chia.Consensus.Chain;

/// <summary>The numbers of all blocks by position: the newest group as they are, older groups packed. A few groups are kept unpacked for
/// whoever walks.</summary>
internal sealed class NumberColumn
{
    /// <summary>Blocks of a group: to read one of them unpacks them all, half a microsecond.</summary>
    private const int GroupSize = 64;

    /// <summary>Groups kept unpacked: a walk along parents and one along the height table do not drive each other out.</summary>
    private const int Unpacked = 8;

    private readonly List<byte[]> _packed = [];
    private readonly BlockNumbers[] _newest = new BlockNumbers[GroupSize];
    private readonly BlockNumbers[][] _groups = new BlockNumbers[Unpacked][];
    private readonly int[] _groupOf = new int[Unpacked];

    internal NumberColumn() => Array.Fill(_groupOf, -1);

    internal int Count { get; private set; }

    internal BlockNumbers this[int position]
    {
        get
        {
            var group = position / GroupSize;
            return (group == _packed.Count ? _newest : Group(group))[position % GroupSize];
        }
    }

    internal void Add(BlockNumbers numbers)
    {
        _newest[Count % GroupSize] = numbers;
        Count++;
        if (Count % GroupSize == 0)
            _packed.Add(PackedNumbers.Pack(_newest, Count - GroupSize));
    }

    private BlockNumbers[] Group(int group)
    {
        var place = group % Unpacked;
        var numbers = _groups[place] ??= new BlockNumbers[GroupSize];
        if (_groupOf[place] == group)
            return numbers;
        PackedNumbers.Unpack(_packed[group], group * GroupSize, numbers);
        _groupOf[place] = group;
        return numbers;
    }
}

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
