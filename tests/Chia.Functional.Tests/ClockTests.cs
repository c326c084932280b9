using System.Globalization;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>Somebody sets the clock of a running node: it goes on as if nothing had happened, since no duration is the difference of two
/// times of day.</summary>
public class ClockTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Fact]
    public async Task A_clock_that_is_set_stops_neither_blocks_nor_peers_nor_retries()
    {
        using var folder = new TempFolder();
        using var clock = FakeClock.Create();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(32));
        await using var lost = new TestListener(new PeerScript());
        await using var node = await NodeProcess.Start(
            Chain, folder.Path, clock.Environment, "--introducer", "none", "--connect", $"127.0.0.1:{lost.Port}");
        await using var old = await TestPeer.Dial(node.Port);
        var gone = await lost.Accepted();

        // Back by more than Orleans leaves an idle grain, then far to either side.
        var height = 31;
        foreach (var (hours, isLost) in new[] { (-0.5, true), (-30 * 24, true), (30 * 24, false), (-30 * 24, false) })
        {
            var set = DateTimeOffset.UtcNow;
            clock.Set(TimeSpan.FromHours(hours));
            if (isLost)
                gone.HangUp();
            await using var young = await TestPeer.Dial(node.Port);
            await young.Expect<BlockMessage>(m => m.Block.Height == height);
            height++;
            await old.Send(new BlockMessage(Chain.Main[height]));
            await young.Expect<BlockMessage>(m => m.Block.Height == height);
            if (isLost)
                gone = await lost.Accepted();
            await gone.Expect<BlockMessage>(m => m.Block.Height == height);
            await old.Settle();
            await SaysSo(node, set + TimeSpan.FromHours(hours)).Within("a line of the log with the clock's new date");
        }

        Assert.Equal(height, (await node.Status()).GetProperty("height").GetInt32());
        Assert.DoesNotContain("fail ", node.Process.Error);
        Assert.DoesNotContain("Orleans", node.Process.Error);
        node.Process.Terminate();
        Assert.Equal(0, await node.Process.WaitForExit());
    }

    /// <summary>A clock that was never set: all that the peers have is from its future, and nothing else tells
    /// (OPERATIONS.md 1).</summary>
    [Fact]
    public async Task A_clock_that_is_days_behind_is_named_and_once_it_is_set_the_node_goes_on()
    {
        using var folder = new TempFolder();
        using var clock = DaysBeforeTheChain();
        await using var peer = new TestListener(new ChainScript([.. ChainVectors.Real.Main.Take(2)]));
        await using var node = await StartBehind(clock, folder, peer);

        clock.Set(TimeSpan.Zero);
        await (await peer.Accepted()).Send(new BlockMessage(ChainVectors.Real.Main[1]));
        await node.Until("it is synced", now =>
            now.GetProperty("state").GetString() == "synced" && now.GetProperty("height").GetInt32() == 1);
    }

    [Fact]
    public async Task A_clock_that_is_days_behind_is_named_when_a_whole_chain_is_to_be_synced()
    {
        using var folder = new TempFolder();
        using var clock = DaysBeforeTheChain();
        await using var peer = new TestListener(new ChainScript([.. ChainVectors.Real.Main.Take(61)]));
        await using var node = await StartBehind(clock, folder, peer);
        Assert.DoesNotContain("is banned", node.Process.Error, StringComparison.Ordinal);
    }

    private static FakeClock DaysBeforeTheChain()
    {
        var clock = FakeClock.Create();
        var first = DateTimeOffset.FromUnixTimeSeconds((long)ChainVectors.Real.Main[1].HeaderBlock.Header.Data.Timestamp);
        clock.Set(first.AddDays(-3) - DateTimeOffset.UtcNow);
        return clock;
    }

    /// <summary>A node that has said that its clock is wrong.</summary>
    private static async Task<NodeProcess> StartBehind(FakeClock clock, TempFolder folder, TestListener peer)
    {
        var node = await NodeProcess.Start(
            ChainVectors.Real, folder.Path, clock.Environment, "--introducer", "none", "--connect", $"127.0.0.1:{peer.Port}");
        var status = await node.Until("the clock is called wrong", now => now.GetProperty("reason").GetString() == "clock_wrong");
        Assert.Equal("stalled", status.GetProperty("state").GetString());
        return node;
    }

    /// <summary>By the node's log it is so late, or a few minutes later: it has seen the clock change.</summary>
    private static async Task SaysSo(NodeProcess node, DateTimeOffset set)
    {
        while (!node.Process.Error.Split('\n').Any(line => DateOf(line) >= set.AddSeconds(-1) && DateOf(line) < set.AddMinutes(20)))
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private static DateTimeOffset DateOf(string line) =>
        DateTimeOffset.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, out var date) ? date : DateTimeOffset.UnixEpoch;
}
