using System.Collections.Immutable;
using System.Diagnostics;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Functional.Tests.Hostile;

/// <summary>A node as a process under attack by what peers send, with an honest peer beside it that is served
/// (docs/security.md).</summary>
public sealed class DataAttackTests(RealStore real) : IDisposable
{
    /// <summary>
    /// What 40 attackers may make a node hold: 0.5 MB of received bytes each, as much again decoded, and the room of a generation of
    /// garbage. Without bounds each of these attacks took a gigabyte.
    /// </summary>
    private const long MemoryBound = 200L << 20;

    private static readonly ChainVectors Chain = ChainVectors.Real;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>One block of 1.3 kB claims a height of 999,998, and nothing follows (DECISIONS 19).</summary>
    [Fact]
    public async Task A_tip_that_is_only_claimed_does_not_hold_up_the_sync()
    {
        var blocks = Chain.Main.Take(61).ToList();
        var far =
            StreamableExtensions.Decode<FullBlock>(await File.ReadAllBytesAsync(Vectors.PathOf("hostile", "far-tip.bin"), Cancellation));
        await using var honest = new TestListener(new ChainScript(blocks));
        await using var node = await NodeProcess.Start(Chain, _folder.Sub("node"), "--connect", $"127.0.0.1:{honest.Port}");
        await using var liar = await TestPeer.Dial(node.Port);
        await liar.Send(new BlockMessage(far));
        await WaitFor(node, "height", height => height.GetUInt32() == 60);
        await WaitFor(node, "state", state => state.GetString() == "synced");

        // It is named, and for as long as it says nothing more the node stays what it is.
        var began = Stopwatch.GetTimestamp();
        while (!node.Process.Error.Contains("announced by", StringComparison.Ordinal)
            || Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3))
        {
            Assert.Equal("synced", (await node.Status()).GetProperty("state").GetString());
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline.Length, $"the tip is not named: {node.Process.Error}");
            await Task.Delay(100, Cancellation);
        }
    }

    [Fact]
    public async Task Proofs_of_time_that_nobody_needs_are_not_passed_on_and_hold_up_nobody()
    {
        await using var node = await NodeProcess.Start(Chain, await real.CopyTo(_folder, "node"));
        await using var bystander = await TestPeer.Dial(node.Port);
        var proof = Chain.Main[^1].HeaderBlock.ProofOfTime!;
        await UnderAttack(node, 20, n => (n % 3) switch
        {
            0 => new NewProofOfTimeMessage(Attack.InAnotherSpelling(proof, n)),
            1 => new NewProofOfTimeMessage(Chain.Main[1 + (n % 299)].HeaderBlock.ProofOfTime!),
            _ => new NewProofOfTimeMessage(proof with { NumberOfIterations = (ulong)n + 1 }),
        });
        await bystander.Settle();
        Assert.DoesNotContain(bystander.Received, m => m.Message is NewProofOfTimeMessage);
    }

    [Fact]
    public async Task Blocks_without_parents_are_asked_of_nobody_else_and_hold_up_nobody()
    {
        await using var node = await NodeProcess.Start(Chain, await real.CopyTo(_folder, "node"));
        await using var bystander = await TestPeer.Dial(node.Port);
        await UnderAttack(node, 10, _ => new BlockMessage(Attack.WithoutParent(Chain.Main[^1])));
        await bystander.Settle();
        Assert.DoesNotContain(bystander.Received, m => m.Message is RequestBlockMessage);
    }

    [Fact]
    public async Task Unfinished_blocks_of_the_past_and_of_nowhere_hold_up_nobody()
    {
        await using var node = await NodeProcess.Start(Chain, await real.CopyTo(_folder, "node"));
        await UnderAttack(
            node, 20, n =>
            new UnfinishedBlockMessage(Unfinished(n % 2 == 0 ? Attack.WithoutParent(Chain.Main[^1]) : Chain.Main[1 + (n % 300)])));
    }

    [Fact]
    public async Task Questions_without_end_hold_up_nobody()
    {
        await using var node = await NodeProcess.Start(Chain, await real.CopyTo(_folder, "node"));
        var tip = Chain.Main[^1].HeaderHash();
        ImmutableArray<uint> many = [.. Enumerable.Range(100, 25).Select(h => (uint)h)];
        await UnderAttack(node, 20, n => (n % 3) switch
        {
            0 => new RequestHeaderBlocksMessage(tip, many),
            1 => new RequestSyncBlocksMessage(tip, [5, 250, 7, 130, 9]),
            _ => new RequestAllHeaderHashesMessage(tip),
        });
    }

    /// <summary>
    /// How much longer an honest peer waits for a block while others flood the node: for a quiet machine, by hand, with
    /// <c>Chia.Functional.Tests -explicit only -class Chia.Functional.Tests.Hostile.DataAttackTests -showLiveOutput</c>.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Honest_peers_wait_less_than_100_ms_longer_at_the_99th_percentile()
    {
        await using var node = await NodeProcess.Start(Chain, await real.CopyTo(_folder, "node"));
        using var honest = await PatientAsker.Dial(node.Port, Chain.Main[7]);
        var proof = Chain.Main[^1].HeaderBlock.ProofOfTime!;
        var tip = Chain.Main[^1].HeaderHash();
        ImmutableArray<uint> many = [.. Enumerable.Range(100, 25).Select(h => (uint)h)];
        var attacks = new Dictionary<string, (int Peers, Func<int, Message> Next)>
        {
            ["proofs of time"] = (20, n => new NewProofOfTimeMessage(Attack.InAnotherSpelling(proof, n))),
            ["questions"] = (20, _ => new RequestSyncBlocksMessage(tip, [5, 250, 7, 130, 9])),
            ["questions of a hundred"] = (100, n =>
                n % 2 == 0 ? new RequestHeaderBlocksMessage(tip, many) : new RequestSyncBlocksMessage(tip, [5, 250, 7, 130, 9])),
            ["blocks without parents"] = (20, _ => new BlockMessage(Attack.WithoutParent(Chain.Main[^1]))),
        };
        await honest.Wait99();
        var idle = await honest.Wait99();
        foreach (var (name, (peers, next)) in attacks)
        {
            await using var attack = new Attack(node.Port, peers, next);
            var busy = await honest.Wait99();
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{name}: p99 {busy.TotalMilliseconds:F1} ms, idle {idle.TotalMilliseconds:F1} ms, {attack.Sent} sent");
            Assert.InRange(busy - idle, TimeSpan.MinValue, TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>What is more than twenty honest peers together ever say is sent for some seconds, while an honest peer asks and is
    /// answered.</summary>
    private static async Task UnderAttack(NodeProcess node, int attackers, Func<int, Message> next)
    {
        await using var honest = await TestPeer.Dial(node.Port);
        await AssertServed(honest);
        var before = Memory.Of(node);
        await using (var attack = new Attack(node.Port, attackers, next))
        {
            for (var i = 0; i < 50 || attack.Sent < 500; i++)
                await AssertServed(honest);
            Assert.InRange(Memory.Of(node) - before, long.MinValue, MemoryBound);
        }

        await using var newcomer = await Newcomer(node);
        await AssertServed(newcomer);
        Assert.False(honest.IsClosed);
    }

    /// <summary>After bans newcomers of the same machine wait in line; who finds the line full comes again, as every node does.</summary>
    private static async Task<TestPeer> Newcomer(NodeProcess node)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await TestPeer.Dial(node.Port);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(began) < Deadline.Length)
            {
                await Task.Delay(200, Cancellation);
            }
        }
    }

    private static async Task AssertServed(TestPeer peer)
    {
        var asked = Chain.Main[7];
        await peer.Send(new RequestBlockMessage(asked.HeaderHash()));
        await peer.Expect<BlockMessage>(m => m.Block.HeaderHash() == asked.HeaderHash());
    }

    private static FullBlock Unfinished(FullBlock block) =>
        block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = null, Challenge = null } };

    private static async Task WaitFor(NodeProcess node, string property, Func<System.Text.Json.JsonElement, bool> isSo)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isSo((await node.Status()).GetProperty(property)))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline.Length, $"{property}: {await node.Status()} {node.Process.Error}");
            await Task.Delay(50, Cancellation);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
