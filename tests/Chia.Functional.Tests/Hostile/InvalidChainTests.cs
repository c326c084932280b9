using System.Collections.Immutable;
using System.Security.Cryptography;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Functional.Tests.Hostile;

/// <summary>
/// A full node offers a heavier chain that is bad at some height, or answers as no full node does: the sync goes on with an honest one,
/// whose chain may be lighter, the liar goes, and nothing of what it offered is kept. Three cases take a minute each, until the liar
/// counts as silent: <c>-explicit only -class Chia.Functional.Tests.Hostile.InvalidChainTests</c>.
/// </summary>
public sealed class InvalidChainTests
{
    /// <summary>Where the chain is bad: in the middle of what is common to the liar's and the honest chain.</summary>
    private const int Bad = 20;

    private static readonly ChainVectors Chain = ChainVectors.Small;

    private static readonly Dictionary<string, Func<FullBlock, FullBlock>> Faults = new()
    {
        ["signature"] = b => OfHeader(b, header => header with { HarvesterSignature = b.Body.CoinbaseSignature }),
        ["proof of space"] = b => OfSpace(b, space => space with { Proof = Altered(space.Proof) }),
        ["witness"] = LyingScript.WithBadWitness,
        ["output"] = b => OfTime(b, time => time with { Output = time.Output with { A = Altered(time.Output.A) } }),
        ["iterations"] = b => OfTime(b, time => time with { NumberOfIterations = time.NumberOfIterations + 1 }),
        ["timestamp"] = b => OfData(b, data => data with { Timestamp = data.Timestamp + 100_000_000 }),
        ["body"] = b => b with { Body = b.Body with { Cost = b.Body.Cost + 1 } },
        ["difficulty"] = b => OfChallenge(b, challenge => challenge with { TotalWeight = challenge.TotalWeight + 1_000 }),
        ["total iterations"] = b => OfChallenge(b, challenge => challenge with { TotalIterations = challenge.TotalIterations + 1 }),
        ["parent"] = b => OfData(b, data => data with { PrevHeaderHash = data.BodyHash }),
    };

    public static TheoryData<string> EveryFault => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(EveryFault))]
    public Task A_true_chain_that_is_told_falsely_at_one_height(string fault) =>
        GoesOn(new LyingChain(Chain.Fork, Faults[fault], relink: false), Chain.Fork);

    [Theory]
    [InlineData("proof of space")]
    [InlineData("timestamp")]
    [InlineData("difficulty")]
    [InlineData("parent")]
    public Task A_heavier_chain_that_is_bad_at_one_height_and_linked_over_it(string fault) =>
        GoesOn(new LyingChain(Chain.Fork, Faults[fault], relink: true), Chain.Main);

    [Fact]
    public Task A_weight_that_nobody_worked_for() => GoesOn(
        new ChainScript(
            [.. Chain.Fork.Select(b => b.Height <= Bad ? b : OfChallenge(b, c => c with { TotalWeight = c.TotalWeight + 1_000_000 }))]),
        Chain.Main);

    [Fact(Explicit = true)]
    public Task Other_blocks_than_were_asked_for() =>
        GoesOn(new LyingScript(Chain.Fork, block => Chain.Fork[(int)((block.Height + 7) % 40)]), Chain.Main, mustGo: false);

    [Fact(Explicit = true)]
    public Task The_same_block_again_and_again() => GoesOn(new LyingScript(Chain.Fork, _ => Chain.Fork[Bad]), Chain.Main, mustGo: false);

    [Fact]
    public Task Headers_of_other_heights() => GoesOn(new HeaderLiar(Chain.Fork), Chain.Main, mustGo: false);

    [Fact]
    public Task Hashes_that_belong_to_nothing() => GoesOn(new HashLiar(Chain.Fork), Chain.Main);

    [Fact(Explicit = true)]
    public Task No_answer_any_more_in_the_middle() =>
        GoesOn(new StallingScript(Chain.Fork, missing: Bad, lastServed: Bad + 5, waitFor: Bad), Chain.Main, mustGo: false);

    /// <summary>The node ends with the honest chain, and with nothing else of the liar's.</summary>
    /// <param name="lying">The liar, who comes first.</param>
    /// <param name="chain">What the honest one has, who comes when the liar is gone or at least asked.</param>
    /// <param name="mustGo">The liar is dismissed; false for what may be slowness as well, of which nobody is accused.</param>
    private static async Task GoesOn(ChainScript lying, IReadOnlyList<FullBlock> chain, bool mustGo = true)
    {
        using var folder = new TempFolder();
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        await using var liar = await TestPeer.Dial(node.Port(), lying);
        if (mustGo)
            await liar.Closed.Within("the liar's dismissal");
        await using var honest = await TestPeer.Dial(node.Port(), new ChainScript(chain));
        await honest.Expect<BlockMessage>(m => m.Block.HeaderHash() == chain[^1].HeaderHash());

        Assert.Equal(chain[^1].HeaderHash().ToString(), (await node.GetStatus()).Tip);
        foreach (var hash in lying.Hashes.Except(Chain.Main.Concat(Chain.Fork).Select(b => b.HeaderHash())))
            Assert.True(await node.Chain.GetBlock(hash) is null, $"block {hash} of the liar is kept");
        foreach (var block in chain)
            Assert.Equal(block.ToBytes(), (await node.Chain.GetBlock(block.HeaderHash()))!.Bytes.ToArray());
    }

    private static ByteString Altered(ByteString bytes)
    {
        var altered = bytes.Span.ToArray();
        altered[^1] ^= 1;
        return ByteString.Adopt(altered);
    }

    private static FullBlock OfTime(FullBlock block, Func<ProofOfTime, ProofOfTime> change) => block with
    {
        HeaderBlock = block.HeaderBlock with { ProofOfTime = change(block.HeaderBlock.ProofOfTime!) },
    };

    private static FullBlock OfChallenge(FullBlock block, Func<Challenge, Challenge> change) => block with
    {
        HeaderBlock = block.HeaderBlock with { Challenge = change(block.HeaderBlock.Challenge!) },
    };

    private static FullBlock OfHeader(FullBlock block, Func<Header, Header> change) => block with
    {
        HeaderBlock = block.HeaderBlock with { Header = change(block.HeaderBlock.Header) },
    };

    private static FullBlock OfData(FullBlock block, Func<HeaderData, HeaderData> change) =>
        OfHeader(block, header => header with { Data = change(header.Data) });

    /// <summary>With the hashes that cover it, as its maker would.</summary>
    private static FullBlock OfSpace(FullBlock block, Func<ProofOfSpace, ProofOfSpace> change)
    {
        var space = change(block.HeaderBlock.ProofOfSpace);
        var changed = block with { HeaderBlock = block.HeaderBlock with { ProofOfSpace = space } };
        return OfChallenge(
            OfData(changed, data => data with { ProofOfSpaceHash = space.Sha256() }),
            challenge => challenge with { ProofOfSpaceHash = space.Sha256() });
    }

    /// <summary>A chain with one bad block, and, if wanted, all above it linked to that.</summary>
    private sealed class LyingChain(IReadOnlyList<FullBlock> chain, Func<FullBlock, FullBlock> fault, bool relink)
        : ChainScript([.. Make(chain, fault, relink)])
    {
        private static IEnumerable<FullBlock> Make(IReadOnlyList<FullBlock> chain, Func<FullBlock, FullBlock> fault, bool relink)
        {
            FullBlock? below = null;
            foreach (var block in chain)
            {
                var made = block.Height == Bad ? fault(block) : block;
                if (relink && block.Height > Bad)
                    made = OfData(made, data => data with { PrevHeaderHash = below!.HeaderHash() });
                yield return below = made;
            }
        }
    }

    private sealed class HeaderLiar(IReadOnlyList<FullBlock> chain) : ChainScript(chain)
    {
        protected override Task AnswerHeaders(TestPeer peer, RequestHeaderBlocksMessage request) => peer.Send(
            new HeaderBlocksMessage(request.TipHeaderHash, [.. request.Heights.Select(h => Chain[(int)((h + 7) % 40)].HeaderBlock)]));
    }

    /// <summary>Begins with the genesis block and ends with the tip, as a list does.</summary>
    private sealed class HashLiar(IReadOnlyList<FullBlock> chain) : ChainScript(chain)
    {
        protected override Task AnswerHashes(TestPeer peer, RequestAllHeaderHashesMessage request)
        {
            ImmutableArray<Bytes32> made = [
                .. Hashes.Select((hash, i) => i == 0 || i == Hashes.Length - 1 ? hash : new Bytes32(SHA256.HashData(hash.Span)))];
            return peer.Send(new AllHeaderHashesMessage(made));
        }
    }
}
