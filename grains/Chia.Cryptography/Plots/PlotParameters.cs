using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>What to plot and what the plotter may use for it.</summary>
/// <param name="PlotId">H(pool key ‖ plot key).</param>
/// <param name="K">Plot size, 15 … 32. A file of k = 25 has 670 MB; each step doubles it and a little more.</param>
/// <param name="Memo">Stored in the header; at most 65535 bytes. The reference's plot script leaves it empty.</param>
/// <param name="Threads">Threads to work with; 0 for one per processor.</param>
/// <param name="MemoryLimitBytes">
/// How much memory to aim for; what does not fit goes to a temporary file beside the plot. 0 for <see cref="DefaultMemoryLimitBytes"/>.
/// Without such a file a plot takes about 65·2^k bytes: 2.2 GB for k = 25.
/// </param>
public sealed record PlotParameters(
    Bytes32 PlotId, int K, ReadOnlyMemory<byte> Memo = default, int Threads = 0, long MemoryLimitBytes = 0)
{
    /// <summary>The smallest k that can be plotted: below, the tables run dry (POSPACE.md 1).</summary>
    public const int MinK = PlotLayout.MinSize;

    /// <summary>The largest k that can be plotted: positions are kept in 32 bits. Such a plot has 108 GB.</summary>
    public const int MaxK = 32;

    /// <summary>2 GiB, as the reference's sort buffer.</summary>
    public const long DefaultMemoryLimitBytes = 2L << 30;

    /// <summary>The longest memo: its length is stored in 16 bits.</summary>
    public const int MaxMemoLength = ushort.MaxValue;

    // What the tables of the forward phase take at their largest, by entry of table 1.
    private const int TableBytesPerEntry = 65;

    /// <summary>The length of the finished file, or a little more: 0.8·k·2^k bytes and the memo.</summary>
    public long ExpectedFileBytes => (K * (1L << K) / 5 * 4) + Memo.Length;

    /// <summary>The disk space needed while plotting: the file, and what memory cannot take.</summary>
    public long ExpectedDiskBytes
    {
        get
        {
            var memory = MemoryLimitBytes == 0 ? DefaultMemoryLimitBytes : MemoryLimitBytes;
            return ExpectedFileBytes + Math.Max(0, (TableBytesPerEntry * (1L << K)) - memory);
        }
    }
}
