using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// What one thread has produced for many lists, in its order. Lists receive several batches one after the other, each list from
/// one thread: so their contents do not depend on the number of threads. The records for each of those threads lie together from the
/// start: nobody looks through what is for others, which costs a mispredicted branch a record.
/// </summary>
/// <param name="lists">Number of lists.</param>
/// <param name="threads">Threads that the lists are shared out among.</param>
internal sealed class ScatterBatch(int lists, int threads)
{
    private const int MinCapacity = 1024;

    // More would have less than a list each at the sizes that anyone plots, and would not fit into a byte.
    private const int MaxOwners = 255;

    private readonly byte[] _ownerOf = OwnersOf(lists, Owners(lists, threads));
    private readonly Share[] _shares = [.. Enumerable.Range(0, Owners(lists, threads)).Select(_ => new Share())];
    private int _recordBytes;

    /// <summary>Parts that the lists are cut into; each may be committed on a thread of its own.</summary>
    public int Parts => _shares.Length;

    /// <summary>Empties the batch.</summary>
    /// <param name="recordBytes">Bytes of a record.</param>
    /// <param name="expected">A guess at the number of records.</param>
    public void Reset(int recordBytes, int expected)
    {
        _recordBytes = recordBytes;
        foreach (var share in _shares)
            share.Reset(recordBytes, expected / _shares.Length * 9 / 8);
    }

    /// <summary>The place of one more record; the caller may write up to 16 bytes beyond it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Append(int target) => ref _shares[_ownerOf[target]].Append(target, _recordBytes);

    /// <summary>Appends the records of one part of the lists.</summary>
    public void Commit(int part, ChunkList[] lists) => _shares[part].CopyTo(lists, _recordBytes);

    private static int Owners(int lists, int threads) => Math.Min(MaxOwners, Math.Min(threads, lists));

    private static byte[] OwnersOf(int lists, int owners)
    {
        var ownerOf = new byte[lists];
        for (var list = 0; list < lists; list++)
            ownerOf[list] = (byte)((long)list * owners / lists);
        return ownerOf;
    }

    /// <summary>The records for the lists of one thread.</summary>
    private sealed class Share
    {
        private byte[] _records = [];
        private ushort[] _targets = [];
        private int _count;

        public void Reset(int recordBytes, int expected)
        {
            _count = 0;
            Grow(expected, recordBytes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref byte Append(int target, int recordBytes)
        {
            if (_count == _targets.Length)
                Grow(Math.Max(MinCapacity, 2 * _count), recordBytes);
            _targets[_count] = (ushort)target;
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_records), (nint)_count++ * recordBytes);
        }

        public void CopyTo(ChunkList[] lists, int recordBytes)
        {
            ref var records = ref MemoryMarshal.GetArrayDataReference(_records);
            for (var i = 0; i < _count; i++)
                Unsafe.CopyBlockUnaligned(
                    ref lists[_targets[i]].Append(), ref Unsafe.Add(ref records, (nint)i * recordBytes), (uint)recordBytes);
        }

        private void Grow(int capacity, int recordBytes)
        {
            if (_targets.Length < capacity)
                Array.Resize(ref _targets, capacity);
            var bytes = checked((_targets.Length * recordBytes) + ForwardRecord.Slack);
            if (_records.Length < bytes)
                Array.Resize(ref _records, bytes);
        }
    }
}
