using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Sync;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Sync.Targets;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.Sync;

/// <summary>The sync's questions to validators and chain: what each is answered, and whom a broken rule condemns.</summary>
public sealed class SyncWorkTests : IAsyncLifetime
{
    /// <summary>Blocks that our chain has, genesis included.</summary>
    private const int Own = 10;

    private static readonly VectorChain Chain = VectorChain.Load("small40");

    /// <summary>Blocks that it has not.</summary>
    private static readonly int Rest = Chain.Blocks.Count - Own;

    private ChainHost _host = null!;
    private RefusingStore _store = null!;
    private ScriptedValidators _validators = null!;
    private SyncWork _work = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ChainHost.Start(Chain.Blocks.Take(Own), wrap: store => _store = new RefusingStore(store));
        _validators = new ScriptedValidators(_host.Validators);
        _work = new SyncWork(
            _host.Chain, _validators, TestNetworks.Of("small40").Constants, TimeProvider.System, NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_target_is_checked_and_its_fault_put_down_to_the_copy_or_to_the_chain()
    {
        var effect = new SyncEffect.CheckTarget(7, Chain.TipHash, Chain.Tip);
        Assert.Equal(new SyncEvent.TargetChecked(At, 7, null, null), await _work.CheckTarget(effect, Now));

        _validators.Broken[Chain.TipHash] = ConsensusRule.ProofOfTime;
        Assert.Equal(FailureScope.Copy, Assert.IsType<SyncEvent.TargetChecked>(await _work.CheckTarget(effect, Now)).Failure);

        _validators.Broken[Chain.TipHash] = ConsensusRule.PlotSize;
        var answer = Assert.IsType<SyncEvent.TargetChecked>(await _work.CheckTarget(effect, Now));
        Assert.Equal((FailureScope.Target, nameof(ConsensusRule.PlotSize)), (answer.Failure, answer.Rule));
    }

    [Fact]
    public async Task The_fork_point_is_the_last_block_of_ours()
    {
        Assert.Equal((uint?)(Own - 1), await ForkPoint(0, Chain.Hashes));
        Assert.Equal((uint?)(Own - 1), await ForkPoint(5, Chain.Hashes[5..]));
        Assert.Equal(3u, await ForkPoint(0, [.. Chain.Hashes[..4], default, .. Chain.Hashes[5..]]));
        Assert.Null(await ForkPoint(0, [default, .. Chain.Hashes[1..]]));
    }

    [Fact]
    public async Task Headers_are_checked_above_our_chain_and_above_those_checked_before()
    {
        var first = await CheckHeaders(Own, 15, []);
        Assert.Equal((null, 15), (first.Failure, first.Records.Count));
        var second = await CheckHeaders(Own + 15, Rest - 15, first.Records);
        Assert.Equal(Chain.Hashes[(Own + 15)..], second.Records.Select(record => record.HeaderHash));
        Assert.Equal(Chain.Tip.Weight, second.Records[^1].TotalWeight);
    }

    [Fact]
    public async Task Headers_before_a_bad_one_count_and_the_rule_says_whom_it_condemns()
    {
        _validators.Broken[Chain.Hashes[Own + 4]] = ConsensusRule.PlotSize;
        var answer = await CheckHeaders(Own, 15, []);
        Assert.Equal((FailureScope.Target, 4, nameof(ConsensusRule.PlotSize)), (answer.Failure, answer.Records.Count, answer.Rule));
    }

    /// <summary>We may hold the other variant of the block below (DECISIONS 1).</summary>
    [Fact]
    public async Task A_first_header_that_answers_another_challenge_lowers_the_fork_point()
    {
        _validators.Broken[Chain.Hashes[Own]] = ConsensusRule.ProofOfSpaceChallenge;
        Assert.Equal(FailureScope.ForkPoint, (await CheckHeaders(Own, 15, [])).Failure);
        _validators.Broken.Clear();
        var records = (await CheckHeaders(Own, 5, [])).Records;
        _validators.Broken[Chain.Hashes[Own + 5]] = ConsensusRule.ProofOfSpaceChallenge;
        Assert.Equal(FailureScope.Target, (await CheckHeaders(Own + 5, 5, records)).Failure);
    }

    [Fact]
    public async Task Headers_above_nothing_of_ours_are_nobody_s_fault() =>
        Assert.Equal(FailureScope.Local, (await CheckHeaders(Own + 5, 5, [])).Failure);

    [Fact]
    public async Task A_target_that_passed_is_not_checked_again_with_its_chain_but_another_copy_of_it_is()
    {
        await _work.CheckTarget(new SyncEffect.CheckTarget(7, Chain.TipHash, Chain.Tip), Now);
        await Apply(Own, Rest);
        Assert.Equal(Chain.Hashes[Own..].Order(), _validators.Checked.Order());

        _validators.Checked.Clear();
        _work.CheckAhead([Chain.Tip with { Body = Chain.Tip.Body with { Cost = Chain.Tip.Body.Cost + 1 } }]);
        Assert.Equal([Chain.TipHash], _validators.Checked);
    }

    [Fact]
    public async Task Blocks_are_applied_in_order()
    {
        var answer = await Apply(Own, Rest);
        Assert.Equal((null, Chain.Height), (answer.Failure, answer.Through));
        Assert.Equal(Chain.TipHash, (await _host.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task Blocks_behind_a_bad_one_are_not_checked_again()
    {
        var bad = Chain.Hashes[Own + 3];
        _validators.Broken[bad] = ConsensusRule.ProofOfTime;
        var answer = await Apply(Own, 10);
        Assert.Equal((FailureScope.Copy, Own + 2u), (answer.Failure, answer.Through));

        _validators.Broken.Clear();
        _validators.Checked.Clear();
        answer = await Apply(Own + 3, 7);
        Assert.Equal((null, Own + 9u), (answer.Failure, answer.Through));
        Assert.Equal([bad], _validators.Checked);
    }

    [Fact]
    public async Task A_full_disk_is_nobody_s_fault_and_nothing_is_checked_twice()
    {
        _store.IsFull = true;
        var refusal = await Assert.ThrowsAsync<StoreRefusesException>(() => Apply(Own, 5));
        Assert.Contains("the disk is full", refusal.Message);

        // The same blocks come again until there is room.
        _validators.Checked.Clear();
        await Assert.ThrowsAsync<StoreRefusesException>(() => Apply(Own, 5));
        Assert.Empty(_validators.Checked);
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_nobody_s_fault_and_nothing_is_checked_twice()
    {
        var faults = new ClusterFaults();
        faults.Unanswered.Add(nameof(IBlockchainGrain.Accept));
        _work = new SyncWork(
            faults.Around(_host.Chain), _validators, TestNetworks.Of("small40").Constants, TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAsync<TimeoutException>(() => Apply(Own, 5));

        // They were stored after all.
        _validators.Checked.Clear();
        faults.Heal();
        var answer = await Apply(Own, 5);
        Assert.Equal((null, Own + 4u), (answer.Failure, answer.Through));
        Assert.Empty(_validators.Checked);
    }

    [Fact]
    public async Task Verdicts_that_came_before_others_failed_count()
    {
        var blocks = Chain.Blocks.Skip(Own).Take(CheckQueue.BlocksPerThread * Environment.ProcessorCount * 2).ToList();
        _validators.FailAfter = 1;
        await Assert.ThrowsAsync<TimeoutException>(() => Apply(Own, blocks.Count));
        _validators.FailAfter = int.MaxValue;
        _validators.Checked.Clear();
        var answer = await Apply(Own, blocks.Count);
        Assert.Null(answer.Failure);
        Assert.NotEmpty(_validators.Checked);
        Assert.True(_validators.Checked.Count < blocks.Count, "what had passed was checked again");
    }

    [Fact]
    public async Task Blocks_whose_parent_is_not_ours_any_more_are_nobody_s_fault()
    {
        var answer = await Apply(Own + 5, 2);
        Assert.Equal((FailureScope.Local, Own + 4u), (answer.Failure, answer.Through));
    }

    [Fact]
    public async Task What_is_checked_ahead_is_checked_once_and_forgotten_when_it_is_not_wanted()
    {
        var blocks = Chain.Blocks.Skip(Own).Take(5).ToArray();
        _work.CheckAhead(blocks);
        _work.CheckAhead(blocks);
        await Apply(Own, 5);
        Assert.Equal(Chain.Hashes[Own..(Own + 5)].Order(), _validators.Checked.Order());

        _work.CheckAhead([Chain.Blocks[Own + 5]]);
        _work.Forget();
        _validators.Checked.Clear();
        await Apply(Own + 5, 1);
        Assert.Equal([Chain.Hashes[Own + 5]], _validators.Checked);
    }

    [Fact]
    public void A_question_that_was_not_seen_to_the_end_is_answered_as_our_own_failure()
    {
        Assert.Equal(
            FailureScope.Local,
            Assert.IsType<SyncEvent.TargetChecked>(
                SyncWork.LocalFailure(new SyncEffect.CheckTarget(1, Chain.TipHash, Chain.Tip), At, "x")).Failure);
        Assert.Equal(
            new SyncEvent.ForkPointFound(At, 2, null, "x"),
            SyncWork.LocalFailure(new SyncEffect.FindForkPoint(2, Chain.TipHash, 0, []), At, "x"));
        Assert.Equal(
            FailureScope.Local,
            Assert.IsType<SyncEvent.HeadersChecked>(
                SyncWork.LocalFailure(new SyncEffect.CheckHeaders(3, Chain.TipHash, 1, []), At, "x")).Failure);
        Assert.Equal(
            new SyncEvent.BlocksApplied(At, 4, 11, FailureScope.Local, "x"),
            SyncWork.LocalFailure(new SyncEffect.ApplyBlocks(4, Chain.TipHash, 12, []), At, "x"));
    }

    private static TimeSpan At => TimeSpan.FromSeconds(5);

    private static TimeSpan Now() => At;

    private async Task<uint?> ForkPoint(uint first, IReadOnlyList<Bytes32> hashes) => Assert.IsType<SyncEvent.ForkPointFound>(
        await _work.FindForkPoint(new SyncEffect.FindForkPoint(1, Chain.TipHash, first, hashes), Now)).Height;

    private async Task<SyncEvent.HeadersChecked> CheckHeaders(int first, int count, IReadOnlyList<BlockRecord> verified)
    {
        var headers = Chain.Blocks.Skip(first).Take(count).Select(block => block.HeaderBlock).ToList();
        var effect = new SyncEffect.CheckHeaders(1, Chain.TipHash, (uint)first, headers);
        return Assert.IsType<SyncEvent.HeadersChecked>(await _work.CheckHeaders(effect, verified, Now));
    }

    /// <summary>The chain is told with every answer, as it is then.</summary>
    private async Task<SyncEvent.BlocksApplied> Apply(int first, int count)
    {
        var effect = new SyncEffect.ApplyBlocks(1, Chain.TipHash, (uint)first, [.. Chain.Blocks.Skip(first).Take(count)]);
        var (answer, chain) = await _work.Apply(effect, Now);
        Assert.Equal((await _host.Chain.GetSnapshot()).Heaviest, chain.Heaviest);
        return Assert.IsType<SyncEvent.BlocksApplied>(answer);
    }

    /// <summary>The real validators, but for blocks that a test has break a rule.</summary>
    private sealed class ScriptedValidators(IValidators real) : IValidators
    {
        public Dictionary<Bytes32, ConsensusRule> Broken { get; } = [];

        /// <summary>Blocks that were checked, in any order.</summary>
        public List<Bytes32> Checked { get; } = [];

        /// <summary>Batches that are checked before validators stop answering.</summary>
        public int FailAfter { get; set; } = int.MaxValue;

        public int Count => real.Count;

        public async Task<BlockVerdict[]> CheckBlocks(
            CheckKind kind, BlockData[] blocks, bool isUrgent, CancellationToken cancellation = default)
        {
            if (FailAfter-- <= 0)
                throw new TimeoutException("no validator answers");
            lock (Checked)
                Checked.AddRange(blocks.Select(block => block.Block.HeaderHash()));
            return [.. (await real.CheckBlocks(kind, blocks, isUrgent, cancellation)).Select(Scripted)];
        }

        public async Task<BlockVerdict[]> CheckHeaders(byte[][] headers, CancellationToken cancellation = default) =>
            [.. (await real.CheckHeaders(headers, cancellation)).Select(Scripted)];

        public Task<string?> CheckProofOfTime(byte[] proof) => real.CheckProofOfTime(proof);

        public Task<Bytes32?> CheckProofOfSpace(byte[] proof) => real.CheckProofOfSpace(proof);

        private BlockVerdict Scripted(BlockVerdict verdict) =>
            Broken.TryGetValue(verdict.HeaderHash, out var rule) ? verdict with { Rule = rule, Detail = "scripted" } : verdict;
    }
}
