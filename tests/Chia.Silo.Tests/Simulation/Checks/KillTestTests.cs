using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Simulation.Checks;
using Chia.Silo.Simulation.Hosts;
using Chia.Testing;

namespace Chia.Silo.Tests.Simulation.Checks;

/// <summary>What ends one process after another, and finds what was lost with it.</summary>
public sealed class KillTestTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly Victim _victim = new();
    private readonly Chain[] _chains = [new("node-1"), new("node-2")];
    private readonly List<string> _told = [];

    public ValueTask DisposeAsync() => _victim.DisposeAsync();

    [Fact]
    public async Task A_network_that_keeps_everything_is_looked_at_after_each_kill()
    {
        using var stopping = new CancellationTokenSource();
        var test = Begin(out var run, stopping.Token);
        await Pass(KillTest.Pause, KillTest.Downtime);
        await _time.WhenPending(KillTest.Pause);
        Assert.Equal((1, 1, null), (test.Count, test.Survived, test.Fault));
        Assert.Equal(["victim is killed", "victim is started again"], _told);
        Assert.Equal(["killed", "started"], _victim.Happened);

        await stopping.CancelAsync();
        await run;
        Assert.Equal(
            "kill test: 1 killed, 1 looked at afterwards: nothing acknowledged was lost, all nodes agreed", test.Verdict);
    }

    [Fact]
    public async Task A_block_that_a_node_had_said_to_have_and_has_no_longer_is_found()
    {
        var test = Begin(out var run, TestContext.Current.CancellationToken);
        _victim.WhenKilled = () => _chains[1].Blocks.RemoveAt(1);
        await Pass(KillTest.Pause, KillTest.Downtime);
        await PassPatience(run);
        Assert.Contains("node-2 no longer has block", test.Fault);
        Assert.StartsWith("chia: kill test: after 1 kills (victim the last) node-2", test.Verdict);
    }

    [Fact]
    public async Task Nodes_that_do_not_agree_again_are_found()
    {
        var test = Begin(out var run, TestContext.Current.CancellationToken);
        _victim.WhenKilled = () => _chains[0].Heaviest = Name(77);
        await Pass(KillTest.Pause, KillTest.Downtime);
        await PassPatience(run);
        Assert.EndsWith("the nodes have no common block at height 1", test.Fault);
        Assert.Equal(0, test.Survived);
    }

    [Fact]
    public async Task A_victim_that_does_not_come_back_ends_it()
    {
        var test = Begin(out var run, TestContext.Current.CancellationToken);
        _victim.WhenStarted = () => throw new UserException("a port is in use");
        await Pass(KillTest.Pause, KillTest.Downtime);
        await run;
        Assert.Equal("victim cannot be started again: a port is in use", test.Fault);
        Assert.Equal("kill test: victim cannot be started again: a port is in use", _told[^1]);
    }

    /// <summary>Orleans calls off what it was asking of a silo that went: that does not end the test as if somebody had stopped
    /// it.</summary>
    [Fact]
    public async Task A_start_that_is_called_off_is_a_fault_and_no_end()
    {
        var test = Begin(out var run, TestContext.Current.CancellationToken);
        _victim.WhenStarted = () => throw new TaskCanceledException("a silo went");
        await Pass(KillTest.Pause, KillTest.Downtime);
        await run;
        Assert.Equal("victim cannot be started again: a silo went", test.Fault);
    }

    /// <summary>Whatever a start fails with while the simulation stops, it is no fault, and nobody's error.</summary>
    [Fact]
    public async Task A_start_that_ends_with_the_simulation_is_no_fault()
    {
        using var stopping = new CancellationTokenSource();
        var test = Begin(out var run, stopping.Token);
        _victim.WhenStarted = () =>
        {
            stopping.Cancel();
            throw new UserException("it ended before it was ready");
        };
        await Pass(KillTest.Pause, KillTest.Downtime);
        await run;
        Assert.Null(test.Fault);
    }

    private KillTest Begin(out Task run, CancellationToken stopping)
    {
        var test = new KillTest([_victim], new AcknowledgedBlocks(_chains, _time), new Random(1), _time);
        run = test.Run(_told.Add, stopping);
        return test;
    }

    private async Task Pass(params TimeSpan[] waits)
    {
        foreach (var wait in waits)
        {
            await _time.WhenPending(wait);
            _time.Advance(wait);
        }
    }

    private async Task PassPatience(Task run)
    {
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, _time.WhenPending(TimeSpan.FromMilliseconds(500)));
            _time.Advance(AcknowledgedBlocks.Patience);
        }
    }

    private static Bytes32 Name(int number) => new(Enumerable.Repeat((byte)number, Bytes32.Size).ToArray());

    /// <summary>Two blocks, the second of which is the tip.</summary>
    private sealed class Chain(string name) : ISimulatedChain
    {
        public string Name { get; } = name;

        public List<Bytes32> Blocks { get; } = [KillTestTests.Name(0), KillTestTests.Name(1)];

        public Bytes32 Heaviest { get; set; } = KillTestTests.Name(1);

        public Task<IReadOnlyList<TipInfo>> GetTips() => Task.FromResult<IReadOnlyList<TipInfo>>(
            [new TipInfo(Heaviest, default, default, 1, 1, 1, 1, 1, 1, default, 1, 1)]);

        public Task<bool> Has(Bytes32 headerHash) => Task.FromResult(Blocks.Contains(headerHash));

        public Task<Bytes32?> BlockAt(uint height) => Task.FromResult<Bytes32?>(height == 1 ? Heaviest : null);
    }

    private sealed class Victim : ISimulatedHost
    {
        public List<string> Happened { get; } = [];

        public Action WhenKilled { get; set; } = () => { };

        public Action WhenStarted { get; set; } = () => { };

        public string Name => "victim";

        public string Kind => "silo";

        public int Side => 0;

        public bool IsRunning => true;

        public Task Start(CancellationToken cancellation)
        {
            Happened.Add("started");
            WhenStarted();
            return Task.CompletedTask;
        }

        public Task Stop() => throw new InvalidOperationException("it is to be killed");

        public Task Kill()
        {
            Happened.Add("killed");
            WhenKilled();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
