using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Api.Answers;
using Chia.Silo.Api.Requests;
using Chia.Testing;
using Orleans;

namespace Chia.Silo.Tests.Api.Answers;

/// <summary>Which plots won the newest blocks: each header is read once.</summary>
public sealed class BlockWinnersTests : IDisposable
{
    private static readonly VectorChain Main = VectorChain.Load("small40");

    private readonly BlockWinners _winners = new();
    private readonly List<uint> _read = [];
    private readonly ApiNode _node;
    private int _tip = 20;
    private RangeOutcome _outcome = RangeOutcome.Found;

    public BlockWinnersTests()
    {
        var chain = Fake.Of<IBlockchainGrain>((method, arguments) => method.Name switch
        {
            nameof(IBlockchainGrain.GetSnapshot) => Task.FromResult(new ChainSnapshot([Info(_tip)], Info(_tip), Info(_tip), _tip)),
            nameof(IBlockchainGrain.GetRows) => Task.FromResult(
                Enumerable.Range((int)(uint)arguments[0]!, _tip - (int)(uint)arguments[0]! + 1).Reverse()
                    .Select(height => new BlockRow(Info(height), 1, IsOnChain: true, IsTip: false)).ToArray()),
            nameof(IBlockchainGrain.GetHeaderBlocks) => Task.FromResult(Headers((uint[])arguments[1]!)),
            _ => throw new NotSupportedException(method.Name),
        });
        _node = new ApiNode("main", "main", TestNetworks.Of("small40"), [], Fake.Of<IGrainFactory>(_ => chain), null!, () => { });
    }

    public void Dispose() => _winners.Dispose();

    [Fact]
    public async Task Every_block_but_genesis_has_its_winner_and_a_new_tip_costs_one_header()
    {
        var winners = await Newest();
        Assert.Equal(Enumerable.Range(1, 20).Select(Winner), winners);
        Assert.Equal(20, _read.Count);

        Assert.Equal(winners, await Newest());
        _tip = 21;
        Assert.Equal(Winner(21), (await Newest())[^1]);
        Assert.Equal(21u, _read[^1]);
        Assert.Equal(21, _read.Count);
    }

    [Fact]
    public async Task A_chain_that_changes_meanwhile_gives_what_is_known_and_is_asked_again()
    {
        _outcome = RangeOutcome.UnknownTip;
        Assert.Empty(await Newest());
        (_outcome, _tip) = (RangeOutcome.Found, 22);
        Assert.Equal(22, (await Newest()).Count);
    }

    private Task<IReadOnlyList<(uint Height, Bytes32 PlotId)>> Newest() => _winners.Newest(_node, TestContext.Current.CancellationToken);

    private RangeAnswer Headers(uint[] heights)
    {
        if (_outcome != RangeOutcome.Found)
            return new RangeAnswer(_outcome, []);
        _read.AddRange(heights);
        return new RangeAnswer(RangeOutcome.Found, [.. heights.Select(height => Main.Blocks[(int)height].HeaderBlock.ToBytes())]);
    }

    private static (uint Height, Bytes32 PlotId) Winner(int height) =>
        ((uint)height, Main.Blocks[height].HeaderBlock.ProofOfSpace.PlotId());

    private static TipInfo Info(int height) => new(
        Main.Hashes[height], Main.Blocks[height].PrevHeaderHash, default, (uint)height, 1, 1, 1, 1, 1, default, 1, 1);
}
