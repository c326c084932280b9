using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Memory for pieces of tables, outside of the collector's: a plot fills gigabytes in pieces that it gives up and takes again, which would
/// be collected, and moved, dozens of times while all threads wait. It comes from the system in slabs, on Linux as huge pages, and goes
/// back at the end. For one thread at a time.
/// </summary>
/// <param name="pieceBytes">Bytes of a piece; a power of two.</param>
internal sealed unsafe class ChunkMemory(int pieceBytes) : IDisposable
{
    /// <summary>As large as a huge page of x86-64 and ARM64.</summary>
    private const int SlabBytes = 2 << 20;

    // From sys/mman.h of Linux.
    private const int AdviseHugePages = 14;

    private readonly Stack<nint> _free = new();
    private readonly List<nint> _slabs = [];

    /// <summary>An empty piece, its bytes undefined.</summary>
    public nint Rent()
    {
        if (_free.Count == 0)
            AddSlab();
        return _free.Pop();
    }

    /// <summary>Takes back a piece.</summary>
    public void Return(nint piece) => _free.Push(piece);

    /// <summary>Gives all pieces back to the system, whether they were returned or not.</summary>
    public void Dispose()
    {
        foreach (var slab in _slabs)
            NativeMemory.AlignedFree((void*)slab);
        _slabs.Clear();
        _free.Clear();
    }

    private void AddSlab()
    {
        var slab = (nint)NativeMemory.AlignedAlloc(SlabBytes, SlabBytes);
        _slabs.Add(slab);
        // Advice: where it is not taken, pages are small.
        if (OperatingSystem.IsLinux())
            _ = Advise(slab, SlabBytes, AdviseHugePages);
        for (var offset = SlabBytes - pieceBytes; offset >= 0; offset -= pieceBytes)
            _free.Push(slab + offset);
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nint length, int advice);
}
