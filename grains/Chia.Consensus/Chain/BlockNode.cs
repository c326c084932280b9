using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>A block record inside <see cref="BlockIndex"/>: the parent is a position instead of a hash. 144 bytes.</summary>
internal struct BlockNode
{
    /// <summary>Parent position of the genesis block.</summary>
    public const int NoParent = -1;

    /// <summary>Parent position of a node that was taken out.</summary>
    public const int Removed = -2;

    public Bytes32 HeaderHash;
    public Bytes32 ChallengeHash;
    public Bytes32 Quality;
    public ulong TotalWeight;
    public ulong TotalIterations;
    public ulong Timestamp;
    public ulong Difficulty;
    public ulong IterationsPerSecond;
    public uint Height;
    public int Parent;

    public static BlockNode Of(BlockRecord record, int parent) => new()
    {
        HeaderHash = record.HeaderHash,
        ChallengeHash = record.ChallengeHash,
        Quality = record.Quality,
        TotalWeight = record.TotalWeight,
        TotalIterations = record.TotalIterations,
        Timestamp = record.Timestamp,
        Difficulty = record.Difficulty,
        IterationsPerSecond = record.IterationsPerSecond,
        Height = record.Height,
        Parent = parent,
    };

    public readonly BlockRecord ToRecord(Bytes32 prevHeaderHash) =>
        new(
            HeaderHash,
            prevHeaderHash,
            ChallengeHash,
            Height,
            TotalWeight,
            TotalIterations,
            Timestamp,
            Difficulty,
            IterationsPerSecond,
            Quality);
}
