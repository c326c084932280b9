using Chia.GrainInterfaces.Chain;
using Chia.Grains.Sync;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Sync;

/// <summary>What header checks look back on: headers that were verified, and our own blocks below them.</summary>
public sealed class HeaderAncestryTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");
    private static readonly BlockRecord[] Records = [.. Main.Blocks.Select((block, i) => VectorChain.Record(block, Main.Hashes[i]))];

    private readonly ConsensusConstants _constants = TestNetworks.Of("small40").Constants;
    private readonly List<(Bytes32 From, int Count)> _asked = [];
    private readonly HeaderAncestry _ancestry = new();
    private readonly IBlockchainGrain _chain;

    public HeaderAncestryTests() => _chain = Fake.Of<IBlockchainGrain>((_, arguments) =>
    {
        var (from, count) = ((Bytes32)arguments[0]!, (int)arguments[1]!);
        _asked.Add((from, count));
        var height = Array.IndexOf(Main.Hashes, from);
        return Task.FromResult(Records.Take(height + 1).Reverse().Take(count).Select(Info).ToArray());
    });

    /// <summary>An adjustment looks back an epoch, a delay and a block, and the median of the timestamps its own way.</summary>
    [Fact]
    public async Task Below_the_first_header_as_many_blocks_of_ours_are_there_as_the_rules_reach()
    {
        await Prepare(Main.Hashes[30]);
        var (from, count) = Assert.Single(_asked);
        Assert.Equal(Main.Hashes[30], from);
        Assert.True(count >= _constants.DifficultyEpoch + _constants.DifficultyDelay + 1);
        Assert.True(count >= _constants.NumberOfTimestamps);
        Assert.True(_ancestry.TryGet(Main.Hashes[30], out var record));
        Assert.Equal(Records[30], record);
        Assert.True(_ancestry.IsOurs(Main.Hashes[30]));
        Assert.False(_ancestry.TryGet(Main.Hashes[31], out _));
    }

    [Fact]
    public async Task Verified_headers_are_added_and_are_not_ours_and_nobody_is_asked_twice()
    {
        await Prepare(Main.Hashes[30]);
        await Prepare(Main.Hashes[30], Records[31..33]);
        await Prepare(Main.Hashes[30], Records[31..36]);
        Assert.Single(_asked);
        Assert.True(_ancestry.TryGet(Main.Hashes[35], out _));
        Assert.False(_ancestry.IsOurs(Main.Hashes[35]));
        Assert.False(_ancestry.TryGet(Main.Hashes[36], out _));
    }

    /// <summary>Fewer headers than before: another target, whose fork point is another.</summary>
    [Fact]
    public async Task Another_target_begins_anew()
    {
        await Prepare(Main.Hashes[30]);
        await Prepare(Main.Hashes[30], Records[31..36]);
        await Prepare(Main.Hashes[20], Records[21..23]);
        Assert.Equal([Main.Hashes[30], Main.Hashes[20]], _asked.Select(asked => asked.From));
        Assert.False(_ancestry.TryGet(Main.Hashes[35], out _));
        Assert.False(_ancestry.IsOurs(Main.Hashes[30]));
        Assert.True(_ancestry.TryGet(Main.Hashes[22], out _));
        Assert.True(_ancestry.IsOurs(Main.Hashes[20]));
    }

    private Task Prepare(Bytes32 parent, params BlockRecord[] verified) => _ancestry.Prepare(_chain, parent, verified, _constants);

    private static TipInfo Info(BlockRecord r) => new(
        r.HeaderHash, r.PrevHeaderHash, r.ChallengeHash, r.Height, r.TotalWeight, r.TotalIterations, r.Timestamp, r.Difficulty,
        r.IterationsPerSecond, r.Quality, 1, 1);
}
