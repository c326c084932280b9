namespace Chia.Cryptography.Plots;

/// <summary>
/// How the tables of a plot are cut into partitions by y. A partition is whole buckets, so an entry's matches lie in its own
/// partition or the next; it is sized to be sorted in the processor's cache, and so that a place in it has 20 bits.
/// </summary>
internal sealed class PlotShape
{
    /// <summary>Bits of a place in a partition, as links store it.</summary>
    public const int PlaceBits = 20;

    /// <summary>Bits of a distance between matching entries: two buckets of about 954 entries (POSPACE.md 8.2), with room.</summary>
    public const int OffsetBits = 12;

    private const int CacheEntriesLog2 = 17;
    private const int MaxEntriesLog2 = PlaceBits - 1;
    private const int MaxPartitionsLog2 = 11;

    /// <summary>Shapes the tables of a k.</summary>
    public PlotShape(int k)
    {
        K = k;
        Layout = new PlotLayout(k);
        var ys = 1UL << (k + PlotConstants.ExtraBits);
        Buckets = (int)((ys + PlotConstants.BucketSize - 1) / PlotConstants.BucketSize);
        // Few partitions need few open buffers; but none may exceed the bits of a place.
        var log2 = Math.Max(Math.Clamp(k - CacheEntriesLog2, 2, MaxPartitionsLog2), k - MaxEntriesLog2);
        BucketsPerPartition = (Buckets + (1 << log2) - 1) >> log2;
        Partitions = (Buckets + BucketsPerPartition - 1) / BucketsPerPartition;
        PartitionSpan = (ulong)BucketsPerPartition * PlotConstants.BucketSize;
    }

    /// <summary>Plot size.</summary>
    public int K { get; }

    /// <summary>Sizes in the file.</summary>
    public PlotLayout Layout { get; }

    /// <summary>Buckets of a table; the last is partial.</summary>
    public int Buckets { get; }

    /// <summary>Buckets of a partition.</summary>
    public int BucketsPerPartition { get; }

    /// <summary>Partitions of a table.</summary>
    public int Partitions { get; }

    /// <summary>Values of y in a partition.</summary>
    public ulong PartitionSpan { get; }

    /// <summary>Bits of a y inside its partition.</summary>
    public int LocalBits => 64 - System.Numerics.BitOperations.LeadingZeroCount(PartitionSpan - 1);

    /// <summary>Metadata bits of an entry of table 1 … 7.</summary>
    public int MetadataBits(int table) => PlotConstants.MetadataUnits[table + 1] * K;
}
