using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Testing;

namespace Chia.Functional.Tests.Wire;

/// <summary>
/// Our node in the place of the full nodes of the <c>live</c> capture: a network at work, with a farmer (connection 7), a timelord (6) and
/// a second full node (9) around full node A.
/// </summary>
public class LiveReplayTests
{
    private const int TimelordLink = 6;
    private const int FarmerLink = 7;
    private const int NodeLink = 9;

    /// <summary>In the place of the second node: it takes all that A sent it, and says of it what A said.</summary>
    [Fact]
    public async Task All_blocks_and_unfinished_blocks_of_A_are_taken_and_passed_on()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        await using var witnesses = await Witnesses.Dial(node.Port());
        var link = Capture.Load("live", NodeLink);
        await using var a = await TestPeer.Dial(node.Port(), handshake: link.Handshake("s2c"));
        foreach (var frame in link.Messages("s2c"))
        {
            await a.SendRaw(frame.ToFrame());
            await witnesses.Hear(frame);
        }

        await AssertTold<BlockMessage>(Sent(link, "s2c", BlockMessage.Name), witnesses.Node);
        await AssertTold<UnfinishedBlockMessage>(Sent(link, "s2c", UnfinishedBlockMessage.Name), witnesses.Node);
        await AssertTold<ChallengeStartMessage>(
            Sent(Capture.Load("live", TimelordLink), "s2c", ChallengeStartMessage.Name), witnesses.Timelord);
        var farmer = Capture.Load("live", FarmerLink);
        await AssertTold<ProofOfSpaceFinalizedMessage>(Sent(farmer, "c2s", ProofOfSpaceFinalizedMessage.Name), witnesses.Farmer);
        await AssertTold<ProofOfTimeRateMessage>(Sent(farmer, "c2s", ProofOfTimeRateMessage.Name), witnesses.Farmer);
    }

    /// <summary>In the place of A: the timelord's proofs complete the unfinished blocks to the very blocks that A sent.</summary>
    [Fact]
    public async Task The_proofs_of_the_timelord_complete_the_blocks_that_A_completed()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        await using var witnesses = await Witnesses.Dial(node.Port());
        var toNode = Capture.Load("live", NodeLink);
        var fromTimelord = Capture.Load("live", TimelordLink);
        await using var timelord = await TestPeer.Dial(node.Port(), role: Role.Timelord, handshake: fromTimelord.Handshake("c2s"));
        await using var source = await TestPeer.Dial(node.Port());

        // The unfinished blocks of height 1 were sent before the second node was there to be captured.
        var first = toNode.Messages("s2c").Select(Decode).OfType<BlockMessage>().Where(m => m.Block.Height == 1)
            .Select(m => Unfinish(m.Block));
        foreach (var block in first)
        {
            await source.Send(new UnfinishedBlockMessage(block));
            await witnesses.Node.Expect<UnfinishedBlockMessage>(m => m.Block == block);
        }

        foreach (var frame in Merge(toNode, fromTimelord))
        {
            var sender = frame.Function == UnfinishedBlockMessage.Name ? source : timelord;
            await sender.SendRaw(frame.ToFrame());
            await witnesses.Hear(frame);
        }

        await AssertTold<BlockMessage>(Sent(toNode, "s2c", BlockMessage.Name), witnesses.Node);
        await AssertTold<ChallengeStartMessage>(Sent(fromTimelord, "s2c", ChallengeStartMessage.Name), timelord);

        // Two of the five that A had for height 1 came to nothing and are not known.
        await AssertTold<ProofOfSpaceInfoMessage>(
            Sent(fromTimelord, "s2c", ProofOfSpaceInfoMessage.Name).Skip(5), timelord, toldBefore: 3);
    }

    /// <summary>A node that does not keep slow unfinished blocks back for three seconds, as one that had all the time between the
    /// frames.</summary>
    private static Task<RunningNode> Start(TempFolder folder) =>
        RunningNodes.Start(ChainVectors.Real, folder.Path, options => options.SlowBlockDelay = TimeSpan.Zero);

    private static IEnumerable<CapturedFrame> Merge(Capture toNode, Capture fromTimelord) =>
        toNode.Messages("s2c").Where(f => f.Function == UnfinishedBlockMessage.Name).Concat(fromTimelord.Messages("c2s"))
            .OrderBy(f => f.Time);

    private static FullBlock Unfinish(FullBlock block) =>
        block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = null, Challenge = null } };

    private static List<string> Sent(Capture capture, string direction, string function) =>
        [.. capture.Messages(direction).Where(f => f.Function == function).Select(f => f.Hex)];

    /// <summary>A peer is told just this, in this order. What goes to peers of one role does not wait for what goes to another's: that the
    /// full nodes have heard of a block says nothing of the others.</summary>
    private static async Task AssertTold<T>(IEnumerable<string> expected, TestPeer peer, int toldBefore = 0)
        where T : Message
    {
        List<string> wanted = [.. expected];
        await peer.Receives<T>(toldBefore + wanted.Count);
        await peer.Settle();
        Assert.Equal(
            wanted,
            peer.Received.Where(m => m.Message is T).Skip(toldBefore).Select(m => Convert.ToHexStringLower(m.Payload)));
    }

    private static Message Decode(CapturedFrame frame)
    {
        var sender = frame.Function == ProofOfTimeFinishedMessage.Name ? Role.Timelord : Role.FullNode;
        Assert.Equal(default, MessageRegistry.TryDecode(frame.Payload, sender, Role.FullNode, out var message));
        return message!;
    }

    /// <summary>One peer of each kind that hears what the node says to all.</summary>
    private sealed class Witnesses(TestPeer node, TestPeer timelord, TestPeer farmer) : IAsyncDisposable
    {
        public TestPeer Node { get; } = node;

        public TestPeer Timelord { get; } = timelord;

        public TestPeer Farmer { get; } = farmer;

        public static async Task<Witnesses> Dial(int port) => new(
            await TestPeer.Dial(port),
            await TestPeer.Dial(port, role: Role.Timelord),
            await TestPeer.Dial(port, role: Role.Farmer));

        /// <summary>Waits until what a frame brings about is told to all.</summary>
        public Task Hear(CapturedFrame frame) => Decode(frame) switch
        {
            BlockMessage { Block.Height: 0 } => Task.CompletedTask,
            BlockMessage m => Node.Expect<BlockMessage>(heard => heard.Block == m.Block),
            UnfinishedBlockMessage m => Node.Expect<UnfinishedBlockMessage>(heard => heard.Block == m.Block),
            ProofOfTimeFinishedMessage m => Node.Expect<BlockMessage>(heard => heard.Block.HeaderBlock.ProofOfTime == m.Proof),
            _ => throw new ArgumentException(frame.Function, nameof(frame)),
        };

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Timelord.DisposeAsync();
            await Farmer.DisposeAsync();
        }
    }
}
