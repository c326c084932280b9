using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.Support;

/// <summary>
/// Two variants of one block of small40, both with children (DECISIONS 1). The second branch is the same blocks bound anew to the other
/// variant; who judges them must be told their qualities, since nobody but their farmer could sign them.
/// </summary>
internal static class Rebinding
{
    public static VectorChain Main { get; } = VectorChain.Load("small40");

    private static readonly Dictionary<ByteString, Bytes32> Qualities = ReadQualities();

    /// <summary>The block whose challenge commits to its output alone: a node makes this variant of its own copy.</summary>
    public static FullBlock OutputVariant(int height) =>
        WithOutputHash(Main.Blocks[height], Main.Blocks[height].HeaderBlock.ProofOfTime!.Output.Sha256());

    /// <summary>The block with another proof of its time, and a challenge that commits to all of it: nobody can make it of his own
    /// copy.</summary>
    public static FullBlock OtherProof(int height, byte witness = 3)
    {
        var block = Main.Blocks[height];
        var proof = block.HeaderBlock.ProofOfTime! with { Witness = ByteString.Adopt([1, 2, witness]) };
        return WithOutputHash(block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = proof } }, proof.Sha256());
    }

    /// <summary>The blocks that follow a height, as descendants of a variant of the block there.</summary>
    public static FullBlock[] Branch(FullBlock variant, int height, int count)
    {
        var branch = new FullBlock[count];
        for (var i = 0; i < count; i++)
            branch[i] = Rebind(Main.Blocks[height + 1 + i], i == 0 ? variant : branch[i - 1]);
        return branch;
    }

    /// <summary>The quality of a block's proof of space, whatever challenge it is bound to now.</summary>
    public static Bytes32 QualityAt(int height) => Qualities[Main.Blocks[height].HeaderBlock.ProofOfSpace.Proof];

    /// <summary>The same by the proof.</summary>
    public static Bytes32? QualityOf(ProofOfSpace proof) => Qualities.TryGetValue(proof.Proof, out var quality) ? quality : null;

    /// <summary>The block as a child of another parent whose challenge it answers.</summary>
    private static FullBlock Rebind(FullBlock block, FullBlock parent)
    {
        var posed = parent.HeaderBlock.Challenge!.Sha256();
        var header = block.HeaderBlock;
        var space = header.ProofOfSpace with { ChallengeHash = posed };
        var time = header.ProofOfTime! with { ChallengeHash = posed };
        return block with
        {
            HeaderBlock = header with
            {
                ProofOfSpace = space,
                ProofOfTime = time,
                Challenge = header.Challenge! with
                {
                    PrevChallengeHash = posed,
                    ProofOfSpaceHash = space.Sha256(),
                    ProofOfTimeOutputHash = time.Sha256(),
                },
                Header = header.Header with
                {
                    Data = header.Header.Data with { PrevHeaderHash = parent.HeaderHash(), ProofOfSpaceHash = space.Sha256() },
                },
            },
        };
    }

    private static FullBlock WithOutputHash(FullBlock block, Bytes32 hash) =>
        block with
        {
            HeaderBlock = block.HeaderBlock with { Challenge = block.HeaderBlock.Challenge! with { ProofOfTimeOutputHash = hash } },
        };

    private static Dictionary<ByteString, Bytes32> ReadQualities()
    {
        using var index = Vectors.Json("chains", "small40", "index.json");
        return index.RootElement.GetProperty("blocks").EnumerateArray()
            .Select((block, height) => (Main.Blocks[height].HeaderBlock.ProofOfSpace.Proof, block.GetProperty("quality").GetString()!))
            .ToDictionary(pair => pair.Proof, pair => Bytes32.FromHex(pair.Item2));
    }
}
