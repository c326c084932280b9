using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// What one thread has produced for many lists, in its order. Lists receive several batches one after the other, each list from
/// one thread: so their contents do not depend on the number of threads.
/// </summary>
internal sealed class ScatterBatch
{
    private const int MinCapacity = 1024;

    private byte[] _records = [];
    private ushort[] _targets = [];
    private int _recordBytes;
    private int _count;

    /// <summary>Empties the batch.</summary>
    /// <param name="recordBytes">Bytes of a record.</param>
    /// <param name="expected">A guess at the number of records.</param>
    public void Reset(int recordBytes, int expected)
    {
        _recordBytes = recordBytes;
        _count = 0;
        Grow(expected);
    }

    /// <summary>The place of one more record; the caller may write up to 16 bytes beyond it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Append(int target)
    {
        if (_count == _targets.Length)
            Grow(Math.Max(MinCapacity, 2 * _count));
        _targets[_count] = (ushort)target;
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_records), (nint)_count++ * _recordBytes);
    }

    /// <summary>Appends the records of all batches, in order, to their lists.</summary>
    public static void Commit(ReadOnlyMemory<ScatterBatch> batches, ChunkList[] lists, PlotJob job)
    {
        var workers = Math.Min(job.Threads, lists.Length);
        job.Parallel(workers, worker =>
        {
            int from = (int)((long)lists.Length * worker / workers), to = (int)((long)lists.Length * (worker + 1) / workers);
            foreach (var batch in batches.Span)
                batch.CopyTo(lists, from, to);
        });
    }

    private void CopyTo(ChunkList[] lists, int from, int to)
    {
        ref var records = ref MemoryMarshal.GetArrayDataReference(_records);
        for (var i = 0; i < _count; i++)
        {
            int target = _targets[i];
            if (target >= from && target < to)
                Unsafe.CopyBlockUnaligned(
                    ref lists[target].Append(), ref Unsafe.Add(ref records, (nint)i * _recordBytes), (uint)_recordBytes);
        }
    }

    private void Grow(int capacity)
    {
        if (_targets.Length < capacity)
            Array.Resize(ref _targets, capacity);
        var bytes = checked((_targets.Length * _recordBytes) + ForwardRecord.Slack);
        if (_records.Length < bytes)
            Array.Resize(ref _records, bytes);
    }
}
