using System.Buffers.Binary;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// An open-addressing table from header hashes to positions that does not repeat the keys: four bytes a slot and one of the hash, so that
/// a wrong key is met once in 255 times. Keys are hashes of valid headers, so nobody can flood a slot.
/// </summary>
internal sealed class HashSlots
{
    private const int InitialSlots = 1024;

    // At most four of five slots are taken, and a table grows by a fifth: six to eight bytes a key.
    private const int TakenOfFive = 4;
    private const double Growth = 1.2;

    private int[] _positions = new int[InitialSlots];

    /// <summary>0: the slot is free.</summary>
    private byte[] _tags = new byte[InitialSlots];

    private int _taken;

    /// <summary>Room for so many keys at once.</summary>
    internal void Reserve(int keys, Func<int, Bytes32> hashAt)
    {
        var slots = (int)Math.Min(Array.MaxLength, (long)keys * 5 / TakenOfFive) + 1;
        if (slots > _positions.Length)
            Resize(slots, hashAt);
    }

    /// <summary>Adds a key that is not there.</summary>
    internal void Add(Bytes32 headerHash, int position, Func<int, Bytes32> hashAt)
    {
        if ((_taken + 1L) * 5 > (long)_positions.Length * TakenOfFive)
            Resize((int)(_positions.Length * Growth), hashAt);
        Place(headerHash, position);
        _taken++;
    }

    /// <summary>The positions that a key may have, the oldest first; whoever asks compares the keys.</summary>
    internal Candidates Find(Bytes32 headerHash) => new(this, KeyOf(headerHash));

    private static ulong KeyOf(Bytes32 headerHash) => BinaryPrimitives.ReadUInt64LittleEndian(headerHash.Span);

    private static byte TagOf(ulong key) => (byte)Math.Max(1, key >> 56);

    private int SlotOf(ulong key) => (int)(((ulong)(uint)key * (uint)_positions.Length) >> 32);

    private void Place(Bytes32 headerHash, int position)
    {
        var key = KeyOf(headerHash);
        var slot = SlotOf(key);
        while (_tags[slot] != 0)
            slot = Next(slot);
        (_positions[slot], _tags[slot]) = (position, TagOf(key));
    }

    private int Next(int slot) => slot + 1 == _positions.Length ? 0 : slot + 1;

    private void Resize(int slots, Func<int, Bytes32> hashAt)
    {
        var (positions, tags) = (_positions, _tags);
        (_positions, _tags) = (new int[slots], new byte[slots]);
        for (var i = 0; i < positions.Length; i++)
        {
            if (tags[i] != 0)
                Place(hashAt(positions[i]), positions[i]);
        }
    }

    /// <summary>A walk over the slots of a key.</summary>
    internal struct Candidates(HashSlots slots, ulong key)
    {
        private readonly byte _tag = TagOf(key);
        private int _slot = -1;

        internal int Current { get; private set; }

        internal bool MoveNext()
        {
            while (true)
            {
                _slot = _slot < 0 ? slots.SlotOf(key) : slots.Next(_slot);
                if (slots._tags[_slot] == 0)
                    return false;
                if (slots._tags[_slot] != _tag)
                    continue;
                Current = slots._positions[_slot];
                return true;
            }
        }
    }
}
