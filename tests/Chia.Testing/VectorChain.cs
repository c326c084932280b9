using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Testing;

/// <summary>A chain from the vectors, decoded once, or one derived from it.</summary>
public sealed class VectorChain
{
    private static readonly Dictionary<string, VectorChain> Loaded = [];

    public VectorChain(IReadOnlyList<FullBlock> blocks)
    {
        Blocks = blocks;
        Hashes = [.. blocks.Select(b => b.HeaderHash())];
    }

    public IReadOnlyList<FullBlock> Blocks { get; }

    public Bytes32[] Hashes { get; }

    public uint Height => (uint)Blocks.Count - 1;

    public FullBlock Tip => Blocks[^1];

    public Bytes32 TipHash => Hashes[^1];

    /// <summary>The main chain of a vector, or with <paramref name="fork"/> the branch that ends in its fork.bin.</summary>
    public static VectorChain Load(string name, bool fork = false)
    {
        lock (Loaded)
        {
            var key = name + fork;
            if (!Loaded.TryGetValue(key, out var chain))
                Loaded[key] = chain = new VectorChain(fork ? Branch(name) : Decode(name, "blocks.bin"));
            return chain;
        }
    }

    public VectorChain Prefix(int count) => new([.. Blocks.Take(count)]);

    public bool Contains(Bytes32 hash) => Array.IndexOf(Hashes, hash) >= 0;

    public static BlockRecord Record(FullBlock block, Bytes32 hash) => new(
        hash,
        block.PrevHeaderHash,
        block.HeaderBlock.Challenge!.Sha256(),
        block.Height,
        block.Weight,
        block.HeaderBlock.Challenge!.TotalIterations,
        block.HeaderBlock.Header.Data.Timestamp,
        5,
        5000,
        block.HeaderBlock.ProofOfSpace.Sha256());

    /// <summary>
    /// This chain up to <paramref name="fork"/>, then blocks that nobody mined: every hash, parent and challenge link and every sum
    /// holds, only proofs and signatures do not.
    /// </summary>
    /// <param name="fork">The last block that both have.</param>
    /// <param name="height">Where it ends.</param>
    /// <param name="extraDifficulty">What each block weighs more than five.</param>
    /// <param name="later">Seconds added to the timestamps: the first block behind the fork is then another one by its hash as
    /// well.</param>
    public VectorChain Forge(uint fork, uint height, ulong extraDifficulty, ulong later = 0)
    {
        var blocks = Blocks.Take((int)fork + 1).ToList();
        for (var h = fork + 1; h <= height; h++)
            blocks.Add(ForgeNext(blocks[^1], Blocks[(int)Math.Min(h, Height)], h, extraDifficulty, later));
        return new VectorChain(blocks);
    }

    private static FullBlock ForgeNext(FullBlock parent, FullBlock template, uint height, ulong extraDifficulty, ulong later)
    {
        var challenge = parent.HeaderBlock.Challenge ?? throw new ArgumentException("unfinished", nameof(parent));
        var parentChallengeHash = challenge.Sha256();
        var space = template.HeaderBlock.ProofOfSpace with { ChallengeHash = parentChallengeHash };
        var time = template.HeaderBlock.ProofOfTime! with { ChallengeHash = parentChallengeHash };
        var body = template.Body with { Coinbase = template.Body.Coinbase with { Height = height } };
        var data = template.HeaderBlock.Header.Data with
        {
            PrevHeaderHash = parent.HeaderHash(),
            ProofOfSpaceHash = space.Sha256(),
            BodyHash = body.Sha256(),
            Timestamp = template.HeaderBlock.Header.Data.Timestamp + later,
        };
        var next = new Challenge(
            parentChallengeHash,
            space.Sha256(),
            time.Output.Sha256(),
            height,
            challenge.TotalWeight + 5 + extraDifficulty,
            challenge.TotalIterations + time.NumberOfIterations);
        return new FullBlock(new HeaderBlock(space, time, next, template.HeaderBlock.Header with { Data = data }), body);
    }

    private static List<FullBlock> Decode(string name, string file) =>
        Vectors.Records("chains", name, file).ConvertAll(r => StreamableExtensions.Decode<FullBlock>(r));

    private static List<FullBlock> Branch(string name)
    {
        var fork = Decode(name, "fork.bin");
        var main = Load(name).Blocks;
        return [.. main.Take((int)fork[0].Height), .. fork];
    }
}
