using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>
/// A finished block that keeps every rule which needs nothing but itself, proof of time included. Made by <see cref="BlockChecker"/>,
/// or restored from what a trusted checker reported. What is left are the rules about its ancestors.
/// </summary>
public sealed class CheckedBlock
{
    internal CheckedBlock(FullBlock block, Bytes32 quality)
    {
        Block = block;
        Header = new CheckedHeader(block.HeaderBlock, quality);
    }

    /// <summary>The block.</summary>
    public FullBlock Block { get; }

    /// <summary>Its header block.</summary>
    internal CheckedHeader Header { get; }

    /// <summary>Block id.</summary>
    public Bytes32 HeaderHash => Header.HeaderHash;

    /// <summary>Block id of the parent.</summary>
    public Bytes32 PrevHeaderHash => Block.PrevHeaderHash;

    /// <summary>H(ser(challenge)).</summary>
    public Bytes32 ChallengeHash => Header.ChallengeHash;

    /// <summary>Quality of the proof of space.</summary>
    public Bytes32 Quality => Header.Quality;

    /// <summary>Height: coinbase and challenge agree.</summary>
    public uint Height => Block.Height;

    /// <summary>What another process of the same cluster found when it checked this block: its word is taken.</summary>
    /// <exception cref="ArgumentException">Proof of time or challenge is absent.</exception>
    public static CheckedBlock Restore(FullBlock block, Bytes32 quality) => new(block, quality);
}
