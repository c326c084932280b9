using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>One partition of a table, sorted by y. Buffers are kept from one partition to the next.</summary>
internal sealed class SortedPartition(PlotShape shape)
{
    private readonly RadixSorter _sorter = new();
    private byte[] _records = [];
    private uint[] _ys = [];
    private uint[] _places = [];
    private UInt128[] _metadata = [];

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>y inside the partition, ascending.</summary>
    public ReadOnlySpan<uint> Ys => _ys.AsSpan(0, Count);

    /// <summary>Metadata of the entries.</summary>
    public ReadOnlySpan<UInt128> Metadata => _metadata.AsSpan(0, Count);

    /// <summary>Loads table 1, 2 … 6 and gives up the records; keeps what later phases need of them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="source">The partition's records in the order in which they came about, which breaks ties of y.</param>
    /// <param name="kept">For table 1 receives x in sorted order; for the others the links, in the order of the records.</param>
    public void Load(int table, ChunkList source, ChunkList kept)
    {
        var size = source.RecordBytes;
        Count = (int)source.Count;
        if (Count >= 1 << PlotShape.PlaceBits)
            throw new PlottingException($"table {table} has a partition of {Count} entries: f1 of this plot id is not random");
        Reserve(Count, size);
        source.Drain(_records);

        ref var records = ref MemoryMarshal.GetArrayDataReference(_records);
        var words = _sorter.Prepare(Count);
        for (var i = 0; i < words.Length; i++)
            words[i] = ((ulong)ForwardRecord.Y(ref Unsafe.Add(ref records, (nint)i * size)) << 32) | (uint)i;
        _sorter.Sort(Count, shape.LocalBits);
        if (table == 1)
            TakeInputs(words, ref records, kept);
        else
            TakeEntries(table, words, ref records, kept);
        kept.Complete();
    }

    private void TakeInputs(ReadOnlySpan<ulong> words, ref byte records, ChunkList kept)
    {
        for (var place = 0; place < words.Length; place++)
        {
            var word = words[place];
            var x = ForwardRecord.Left(ref Unsafe.Add(ref records, (nint)(uint)word * 8));
            _ys[place] = (uint)(word >> 32);
            _metadata[place] = (UInt128)x << (128 - shape.K);
            Unsafe.WriteUnaligned(ref kept.Append(), x);
        }
    }

    private void TakeEntries(int table, ReadOnlySpan<ulong> words, ref byte records, ChunkList kept)
    {
        var size = ForwardRecord.Bytes(shape, table);
        var mask = PlotMetadata.HighBits(shape.MetadataBits(table));
        for (var place = 0; place < words.Length; place++)
        {
            var word = words[place];
            _ys[place] = (uint)(word >> 32);
            _metadata[place] = ForwardRecord.Metadata(ref Unsafe.Add(ref records, (nint)(uint)word * size)) & mask;
            _places[(uint)word] = (uint)place;
        }

        for (var i = 0; i < words.Length; i++)
        {
            ref var record = ref Unsafe.Add(ref records, (nint)i * size);
            Unsafe.WriteUnaligned(
                ref kept.Append(), Link.Pack(ForwardRecord.Left(ref record), ForwardRecord.Offset(ref record), _places[i]));
        }
    }

    private void Reserve(int count, int recordBytes)
    {
        if (_records.Length < (count * recordBytes) + ForwardRecord.Slack)
            _records = GC.AllocateUninitializedArray<byte>(((count + (count / 8)) * recordBytes) + ForwardRecord.Slack);
        if (_ys.Length >= count)
            return;
        var size = count + (count / 8);
        (_ys, _places, _metadata) = (new uint[size], new uint[size], new UInt128[size]);
    }
}
