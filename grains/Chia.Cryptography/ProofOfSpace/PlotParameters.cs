using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>What to plot and what the plotter may use for it.</summary>
/// <param name="PlotId">H(pool key ‖ plot key).</param>
/// <param name="K">Plot size, 15 … 32. A file of k = 25 has about 640 MB, each step doubles it and a little more.</param>
/// <param name="Memo">Stored in the header; at most 65535 bytes. The reference's plot script leaves it empty.</param>
/// <param name="Threads">Threads to work with; 0 for one per processor.</param>
/// <param name="MemoryLimitBytes">
/// How much memory to aim for; what does not fit goes to a temporary file beside the plot. 0 for <see cref="DefaultMemoryLimitBytes"/>.
/// Without such a file a plot takes about 90·2^k bytes: 3 GB for k = 25.
/// </param>
public sealed record PlotParameters(
    Bytes32 PlotId, int K, ReadOnlyMemory<byte> Memo = default, int Threads = 0, long MemoryLimitBytes = 0)
{
    /// <summary>The smallest k that can be plotted: below, the tables run dry (POSPACE.md 1).</summary>
    public const int MinK = PlotLayout.MinSize;

    /// <summary>The largest k that can be plotted: positions are kept in 32 bits. Such a plot has 104 GB.</summary>
    public const int MaxK = 32;

    /// <summary>2 GiB, as the reference's sort buffer.</summary>
    public const long DefaultMemoryLimitBytes = 2L << 30;

    /// <summary>The longest memo: its length is stored in 16 bits.</summary>
    public const int MaxMemoLength = ushort.MaxValue;
}
