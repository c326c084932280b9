using System.Numerics;
using Chia.Consensus.Rules;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Tests.Rules;

public class AdjustmentsTests
{
    private static readonly ConsensusConstants Real = Testnet.Definition.Constants;

    /// <summary>Random timestamps, going backward too, on a trunk with a branch at every kind of place; compared with the twin after each
    /// block.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Equal_the_slow_twin_on_random_chains_and_branches(int seed)
    {
        var random = new Random(seed);
        var ancestry = new RecordChain();
        var trunk = Extend(ancestry, random, [], 60);

        // h = 51 adjusts with h1 = 35, h2 = 38, h3 = 47: branch before, at, between and after them.
        foreach (var at in new[] { 20, 34, 35, 36, 37, 38, 39, 46, 47, 48, 50 })
            Extend(ancestry, random, trunk.GetRange(0, at + 1), 30);
    }

    [Theory]
    [InlineData(126, false)]
    [InlineData(127, false)]
    [InlineData(158, false)]
    [InlineData(159, true)]
    [InlineData(160, false)]
    [InlineData(286, false)]
    [InlineData(287, true)]
    [InlineData(288, false)]
    public void Values_change_for_the_child_of_the_right_heights_only(int parentHeight, bool changes)
    {
        var (ancestry, chain) = Regular(parentHeight, 100);
        var parent = chain[^1];
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, parent, out var difficulty));
        Assert.Equal(AdjustmentError.None, IpsRules.TryNext(Real, ancestry, parent, out var ips));
        Assert.Equal(changes, difficulty != parent.Difficulty);
        Assert.Equal(changes, ips != parent.IterationsPerSecond);
    }

    [Fact]
    public void Hand_computed_case_of_height_160()
    {
        // CONSENSUS.md 19.3: T3 − T2 = 14400, T2 − T1 = 4950.
        var (ancestry, chain) = Regular(159, 150);
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, chain[^1], out var difficulty));
        Assert.Equal(9924UL, difficulty);
    }

    [Fact]
    public void Equal_timestamps_at_the_difficulty_points_leave_no_value()
    {
        var (ancestry, chain) = Irregular(159, h => h <= 31 ? (ulong)h * 100 : 3100UL);
        Assert.Equal(AdjustmentError.NoTimeDifference, DifficultyRules.TryNext(Real, ancestry, chain[^1], out _));
        Assert.Equal(AdjustmentError.None, IpsRules.TryNext(Real, ancestry, chain[^1], out _));

        // h1 = −1 lies one block time before genesis: the block at 31 must not.
        (ancestry, chain) = Irregular(159, h => h == 31 ? ulong.MaxValue : 1000 + (ulong)h);
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, chain[^1], out _));
        (ancestry, chain) = Irregular(159, h => h == 31 ? 700UL : 1000 + (ulong)h);
        Assert.Equal(AdjustmentError.NoTimeDifference, DifficultyRules.TryNext(Real, ancestry, chain[^1], out _));
    }

    [Fact]
    public void Equal_timestamps_at_the_speed_points_leave_no_value()
    {
        var (ancestry, chain) = Irregular(159, h => h == 127 ? 700UL : 1000 + (ulong)h);
        Assert.Equal(AdjustmentError.NoTimeDifference, IpsRules.TryNext(Real, ancestry, chain[^1], out _));
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, chain[^1], out _));
    }

    [Fact]
    public void Time_that_runs_backward_gives_the_lowest_values()
    {
        var (ancestry, chain) = Irregular(159, h => h < 128 ? 1_000_000 - (1000 * (ulong)h) : 5_000_000UL);
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, chain[^1], out var difficulty));
        Assert.Equal(1666UL, difficulty);
        Assert.Equal(AdjustmentError.None, IpsRules.TryNext(Real, ancestry, chain[^1], out var ips));
        Assert.Equal(1666UL, ips);
    }

    [Fact]
    public void Lowest_values_are_one()
    {
        var ancestry = new RecordChain();
        BlockRecord? last = null;
        for (var h = 0; h < 160; h++)
            last = ancestry.Add(last, 1_000_000 - (1000 * (ulong)h), 2, 2, 2);
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, last!, out var difficulty));
        Assert.Equal(1UL, difficulty);
        Assert.Equal(AdjustmentError.None, IpsRules.TryNext(Real, ancestry, last!, out var ips));
        Assert.Equal(1UL, ips);
    }

    [Fact]
    public void Speed_rises_without_limit_and_falls_by_a_third_at_most()
    {
        // 159 blocks of 150,000 iterations a second: 127 · 150000 ÷ (127 + 300) for the first epoch.
        var (ancestry, chain) = Regular(159, 1);
        Assert.Equal(AdjustmentError.None, IpsRules.TryNext(Real, ancestry, chain[^1], out var ips));
        Assert.Equal((ulong)(127 * 150_000 / (127 + 300)), ips);
        Assert.True(ips > 8 * chain[^1].IterationsPerSecond);

        (ancestry, chain) = Regular(159, 100_000);
        Assert.Equal(AdjustmentError.None, IpsRules.TryNext(Real, ancestry, chain[^1], out ips));
        Assert.Equal(1666UL, ips);
    }

    [Fact]
    public void A_quotient_beyond_64_bits_is_an_error()
    {
        // The block at 31 weighs in with 32 · D · 300 ÷ (4 · (T2 − T1)) = 8 · D for T2 − T1 = 300.
        var heaviest = ulong.MaxValue / 8;
        Assert.Equal(AdjustmentError.None, Adjust(heaviest - 1000));
        Assert.Equal(AdjustmentError.Overflow, Adjust(heaviest + 1));

        // Below zero as well: T2 − T1 = −300 for a block at 31 that says 600 seconds less than genesis.
        Assert.Equal(AdjustmentError.None, Adjust(heaviest - 1000, at31: 400));
        Assert.Equal(AdjustmentError.Overflow, Adjust(heaviest + 1, at31: 400));

        static AdjustmentError Adjust(ulong difficultyAt31, ulong at31 = 1000)
        {
            var ancestry = new RecordChain();
            BlockRecord? last = null;
            for (var h = 0; h < 160; h++)
            {
                var timestamp = h == 31 ? at31 : h < 31 ? 1000 : 1_000_000UL;
                last = ancestry.Add(last, timestamp, h == 31 ? difficultyAt31 : 1, 1, 1);
            }

            return DifficultyRules.TryNext(Real, ancestry, last!, out _);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(127)]
    public void A_missing_ancestor_is_named(int height)
    {
        var (ancestry, chain) = Regular(159, 150);
        Assert.Equal(AdjustmentError.None, DifficultyRules.TryNext(Real, ancestry, chain[^1], out _));
        ancestry.Forget(chain[height]);
        Assert.Equal(AdjustmentError.MissingAncestor, DifficultyRules.TryNext(Real, ancestry, chain[^1], out _));
        Assert.Equal(AdjustmentError.MissingAncestor, IpsRules.TryNext(Real, ancestry, chain[^1], out _));
        Assert.Equal(Validation(ancestry, chain[^1]), ConsensusRule.MissingAncestor);
    }

    private static ConsensusRule? Validation(RecordChain ancestry, BlockRecord parent) =>
        NextBlock.After(Real, ancestry, parent).Rejection?.Rule;

    private static (RecordChain Ancestry, List<BlockRecord> Chain) Regular(int height, ulong seconds) =>
        Irregular(height, h => 1_000_000 + ((ulong)h * seconds));

    private static (RecordChain Ancestry, List<BlockRecord> Chain) Irregular(int height, Func<int, ulong> timestamp)
    {
        var ancestry = new RecordChain();
        var chain = new List<BlockRecord>();
        for (var h = 0; h <= height; h++)
            chain.Add(ancestry.Add(chain.LastOrDefault(), timestamp(h), 5000, 150_000, 5000));
        return (ancestry, chain);
    }

    private static List<BlockRecord> Extend(RecordChain ancestry, Random random, List<BlockRecord> chain, int count)
    {
        var constants = Constants.Small;
        for (var i = 0; i < count; i++)
        {
            BigInteger difficulty = 5, ips = 5000;
            if (chain.Count > 0)
            {
                var parent = chain[^1];
                var expected = SlowAdjustments.Difficulty(constants, chain);
                Assert.Equal(expected is null, DifficultyRules.TryNext(constants, ancestry, parent, out var fast) != AdjustmentError.None);
                Assert.Equal(expected ?? 0, fast);
                var expectedIps = SlowAdjustments.Ips(constants, chain);
                Assert.Equal(expectedIps is null, IpsRules.TryNext(constants, ancestry, parent, out fast) != AdjustmentError.None);
                Assert.Equal(expectedIps ?? 0, fast);
                difficulty = expected ?? 7;
                ips = expectedIps ?? 9;
            }

            var time = (long)(chain.Count == 0 ? 1_000_000 : chain[^1].Timestamp) + random.Next(-10, 25);
            chain.Add(
                ancestry.Add(
                chain.LastOrDefault(), (ulong)time, (ulong)difficulty, (2 * (ulong)ips) + (ulong)random.Next(1, 500), (ulong)ips));
        }

        return chain;
    }
}
