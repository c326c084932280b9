using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// Challenge hash and quality by position: 64 bytes that do not pack, asked of new blocks only. Of old ones they are read from where the
/// chain is stored, if it is; a few of those are remembered, since the rules ask for the same ancestors again and again.
/// </summary>
/// <param name="stored">Reads a block's record from the store; null if there is none, and then all stay here.</param>
internal sealed class ProofColumn(Func<Bytes32, BlockRecord>? stored)
{
    /// <summary>Blocks a chunk: two are kept beside the one that fills, three to seven days of the public network, and more than a node
    /// builds on.</summary>
    private const int ChunkSize = 1024;

    private const int KeptChunks = 2;

    /// <summary>Records remembered: the ancestors at the ends of a few epochs (CONSENSUS.md 9) and those of a median (11).</summary>
    private const int Remembered = 256;

    private readonly List<(Bytes32 Challenge, Bytes32 Quality)[]?> _chunks = [];
    private readonly BlockRecord?[] _records = new BlockRecord?[Remembered];
    private int _count;

    /// <summary>The first position whose values are here.</summary>
    internal int FirstHere => stored is null ? 0 : Math.Max(0, _chunks.Count - 1 - KeptChunks) * ChunkSize;

    internal void Add(Bytes32 challenge, Bytes32 quality)
    {
        if (_count == _chunks.Count * ChunkSize)
        {
            _chunks.Add(new (Bytes32, Bytes32)[ChunkSize]);
            if (FirstHere is var first and > 0)
                _chunks[(first / ChunkSize) - 1] = null;
        }

        _chunks[_count / ChunkSize]![_count % ChunkSize] = (challenge, quality);
        _count++;
    }

    /// <summary>The values of a position that is not below <see cref="FirstHere"/>.</summary>
    internal (Bytes32 Challenge, Bytes32 Quality) At(int position) => _chunks[position / ChunkSize]![position % ChunkSize];

    /// <summary>The other variant's challenge (DECISIONS 1).</summary>
    internal void SetChallenge(int position, Bytes32 challenge)
    {
        _records[position % Remembered] = null;
        if (position >= FirstHere)
            _chunks[position / ChunkSize]![position % ChunkSize].Challenge = challenge;
    }

    /// <summary>The stored record of a position below <see cref="FirstHere"/>.</summary>
    internal BlockRecord Read(int position, Bytes32 headerHash)
    {
        ref var place = ref _records[position % Remembered];
        if (place?.HeaderHash != headerHash)
            place = stored!(headerHash);
        return place;
    }
}
