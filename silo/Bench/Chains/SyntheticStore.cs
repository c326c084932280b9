using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Node;
using Chia.Silo.Views;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Bench.Chains;

/// <summary>
/// A store of as many blocks as wanted. Nobody mined them: every hash, parent and challenge link and every sum holds, proofs and
/// signatures do not, which neither a start looks at nor <c>db verify</c>.
/// </summary>
internal static class SyntheticStore
{
    /// <summary>Blocks in one commit: more would gain nothing over the flush that they share.</summary>
    private const int CommitBatch = 2048;

    /// <summary>Blocks between two changes of the numbers of an epoch, as on the testnet.</summary>
    private const int Epoch = 2048;

    private const ulong FirstIps = 100_000;

    /// <summary>Bytes of a coefficient in a witness, for discriminants of 1024 bits (VDF.md 8.1).</summary>
    private const int CoefficientSize = 65;

    private const int Seed = 5;

    /// <summary>Fills the store of a node that does not run.</summary>
    /// <param name="root">The node's folder.</param>
    /// <param name="blocks">How many, genesis included.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Fill(string root, int blocks, CancellationToken stopping)
    {
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(root, Testnet.Definition), stopping);
        await Fill(store, Testnet.Definition, blocks, stopping);
    }

    /// <summary>Fills a store that nobody else writes to.</summary>
    /// <param name="store">Empty.</param>
    /// <param name="network">Whose genesis block is the first.</param>
    /// <param name="blocks">How many, genesis included.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Fill(IBlockStore store, NetworkDefinition network, int blocks, CancellationToken stopping)
    {
        var writer = await store.TakeWriter(stopping);
        using var progress = new ProgressView("making a chain", "blocks", blocks);
        foreach (var batch in Line(StreamableExtensions.Decode<FullBlock>(network.GenesisBytes.ToArray()), blocks).Chunk(CommitBatch))
        {
            var commit = new ChainCommit
            {
                BlocksAdded = [.. batch.Select(made => StoredBlock.Create(made.Block, made.Record))],
                Tips = [batch[^1].Record.HeaderHash],
                HeightsSet = [.. batch.Select(made => new HeightEntry(made.Record.Height, made.Record.HeaderHash))],
            };
            await store.Commit(writer, commit, stopping);
            progress.Report(batch[^1].Record.Height + 1, "");
        }
    }

    private static IEnumerable<(FullBlock Block, BlockRecord Record)> Line(FullBlock genesis, int count)
    {
        var random = new Random(Seed);
        var block = genesis;
        var total = genesis.HeaderBlock.Challenge!.TotalWeight;
        yield return (genesis, RecordOf(genesis, total, FirstIps));
        block = WithPossibleProof(genesis);
        for (var height = 1; height < count; height++)
        {
            var ips = FirstIps + ((ulong)(height / Epoch) * 37);
            var difficulty = 1UL << (30 + (height / Epoch % 4));
            var iterations = (30 * ips) + 1 + (ulong)(-Math.Log(1 - random.NextDouble()) * 100 * ips);
            block = Next(block, (uint)height, difficulty, iterations, (ulong)random.Next(30, 250));
            yield return (block, RecordOf(block, difficulty, ips));
        }
    }

    private static FullBlock Next(FullBlock parent, uint height, ulong difficulty, ulong iterations, ulong seconds)
    {
        var (template, challenge) = (parent.HeaderBlock, parent.HeaderBlock.Challenge!);
        var answered = challenge.Sha256();
        var space = template.ProofOfSpace with { ChallengeHash = answered };
        var time = template.ProofOfTime! with { ChallengeHash = answered, NumberOfIterations = iterations };
        var body = parent.Body with { Coinbase = parent.Body.Coinbase with { Height = height } };
        var header = template.Header with
        {
            Data = template.Header.Data with
            {
                PrevHeaderHash = parent.HeaderHash(),
                Timestamp = template.Header.Data.Timestamp + seconds,
                ProofOfSpaceHash = space.Sha256(),
                BodyHash = body.Sha256(),
            },
        };
        var next = new Challenge(
            answered, space.Sha256(), time.Output.Sha256(), height, challenge.TotalWeight + difficulty,
            challenge.TotalIterations + iterations);
        return new FullBlock(new HeaderBlock(space, time, next, header), body);
    }

    /// <summary>A template whose forms are so small that they are reduced whatever the discriminant, as all forms of a real block
    /// are.</summary>
    private static FullBlock WithPossibleProof(FullBlock block)
    {
        var proof = block.HeaderBlock.ProofOfTime!;
        var witness = new byte[proof.Witness.Length];
        var written = WriteForm(witness);
        for (var segment = 0; segment < proof.WitnessType; segment++)
        {
            witness[written + sizeof(ulong) - 1] = 1; // Iterations of the segment.
            written += sizeof(ulong);
            written += WriteForm(witness.AsSpan(written));
            written += WriteForm(witness.AsSpan(written));
        }

        var output = new ClassgroupElement(Number(proof.Output.A.Length, 3), Number(proof.Output.B.Length, 1));
        return block with
        {
            HeaderBlock = block.HeaderBlock with { ProofOfTime = proof with { Output = output, Witness = ByteString.Copy(witness) } },
        };
    }

    /// <summary>The form (3, 1); returns how many bytes it takes.</summary>
    private static int WriteForm(Span<byte> target)
    {
        target[CoefficientSize - 1] = 3;
        target[(2 * CoefficientSize) - 1] = 1;
        return 2 * CoefficientSize;
    }

    private static ByteString Number(int size, byte value)
    {
        var bytes = new byte[size];
        bytes[^1] = value;
        return ByteString.Copy(bytes);
    }

    private static BlockRecord RecordOf(FullBlock block, ulong difficulty, ulong ips)
    {
        var challenge = block.HeaderBlock.Challenge!;
        var quality = block.HeaderBlock.ProofOfSpace.Sha256();
        return new BlockRecord(
            block.HeaderHash(), block.PrevHeaderHash, challenge.Sha256(), challenge.Height, challenge.TotalWeight,
            challenge.TotalIterations, block.HeaderBlock.Header.Data.Timestamp, difficulty, ips, quality);
    }
}
