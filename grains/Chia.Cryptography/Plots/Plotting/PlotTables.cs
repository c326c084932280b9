namespace Chia.Cryptography.Plots;

/// <summary>What the forward phase leaves for the others; each phase gives up what it has used.</summary>
/// <param name="shape">The partitions.</param>
/// <param name="store">Where lists live.</param>
internal sealed class PlotTables(PlotShape shape, ChunkStore store)
{
    /// <summary>x of table 1, in sorted order, by partition.</summary>
    public ChunkList[] Inputs { get; } = MakeLists(store, shape.Partitions, sizeof(uint));

    /// <summary>Links of tables 2 … 6 (index: table), by partition, in the order of their children.</summary>
    public ChunkList[][] Links { get; } =
        [.. Enumerable.Range(0, PlotConstants.Tables).Select(t => t < 2 ? [] : MakeLists(store, shape.Partitions, Link.Bytes))];

    /// <summary>Records of table 7, by partition, in the order of their children.</summary>
    public ChunkList[] Last { get; set; } = [];

    /// <summary>Position of the first entry of each partition (index: table 1 … 6), and behind the last the number of entries.</summary>
    public long[][] Bases { get; } = new long[PlotConstants.Tables][];

    /// <summary>Marks of tables 2 … 6 (index: table): entries that lead to table 7.</summary>
    public BitMap[] Used { get; } = new BitMap[PlotConstants.Tables];

    /// <summary>A list for each partition.</summary>
    public static ChunkList[] MakeLists(ChunkStore store, int count, int recordBytes)
    {
        var lists = new ChunkList[count];
        for (var i = 0; i < count; i++)
            lists[i] = new ChunkList(store, recordBytes);
        return lists;
    }

    /// <summary>Running sums of the lists' lengths, from 0; one more than there are lists.</summary>
    public static long[] Sums(ChunkList[] lists)
    {
        var sums = new long[lists.Length + 1];
        for (var i = 0; i < lists.Length; i++)
            sums[i + 1] = sums[i] + lists[i].Count;
        return sums;
    }
}
