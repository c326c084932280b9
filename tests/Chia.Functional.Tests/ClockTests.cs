using System.Globalization;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;

namespace Chia.Functional.Tests;

/// <summary>Somebody sets the clock of a running node: it goes on as if nothing had happened, since no duration is the difference of two
/// times of day.</summary>
public class ClockTests
{
    private static readonly VectorChain Chain = VectorChain.Small;

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
            await SaysSo(node, TimeSpan.FromHours(hours)).Within("a line of the log with the clock's new date");
        }

        Assert.Equal(height, (await node.Status()).GetProperty("height").GetInt32());
        Assert.DoesNotContain("fail ", node.Process.Error);
        Assert.DoesNotContain("Orleans", node.Process.Error);
        node.Process.Terminate();
        Assert.Equal(0, await node.Process.WaitForExit());
    }

    /// <summary>By the node's log it is so late: it has seen the clock change.</summary>
    private static async Task SaysSo(NodeProcess node, TimeSpan ahead)
    {
        while (!node.Process.Error.Split('\n').Any(line => Math.Abs((DateOf(line) - DateTimeOffset.UtcNow - ahead).TotalMinutes) < 2))
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private static DateTimeOffset DateOf(string line) =>
        DateTimeOffset.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, out var date) ? date : DateTimeOffset.UnixEpoch;
}
