using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests.Wire;

/// <summary>Captured reference processes against a running node: all they send is accepted, all they are answered is what the reference
/// answered.</summary>
public class ReplayTests
{
    [Theory]
    [InlineData("small40_sync", "small40", false)]
    [InlineData("real40_sync", "real300", false)]
    [InlineData("small40_reorg", "small40", true)]
    public async Task A_reference_node_dials_and_is_answered_as_by_its_own_kind(string file, string name, bool onFork)
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Of(name);
        var capture = Capture.Load(file);
        await RunningNodes.Fill(chain, folder.Path, onFork ? [.. chain.Main, .. chain.Branch] : chain.Main.Take(41));
        await using var node = await RunningNodes.Start(chain, folder.Path);
        await using var peer = await TestPeer.Dial(node.Port(), handshake: capture.Handshake("c2s"));
        foreach (var frame in capture.Messages("c2s"))
            await peer.SendRaw(frame.ToFrame());
        await peer.Settle();
        Assert.False(peer.IsClosed);

        // The reference had restarted: it knew one tip, we know all three. Everything else is the same, in the same order.
        var said = peer.Received.Where(m => m.Message is not PongMessage).Select(m => Convert.ToHexStringLower(m.Payload)).ToList();
        var captured = capture.Messages("s2c");
        var unasked = capture.Messages("s2c").TakeWhile(f => f.Function == "block").Take(onFork ? 3 : 1).ToList();
        Assert.All(unasked, f => Assert.Contains(f.Hex, said.Take(3)));
        Assert.Equal(captured.Skip(unasked.Count).Select(f => f.Hex), said.Skip(3));
    }

    [Theory]
    [InlineData("small40_sync", "small40")]
    [InlineData("real40_sync", "real300")]
    public async Task A_node_syncs_from_a_reference_node_that_says_nothing_new(string file, string name)
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Of(name);
        var capture = Capture.Load(file);
        var script = new CaptureScript([capture.Messages("s2c")[0]], capture.Answers("c2s"), [.. chain.Main.Take(41)]);
        await using var reference = new TestListener(script, capture.Handshake("s2c"));
        await using var node = await RunningNodes.Start(chain, folder.Path, reference.Port);
        var peer = await reference.Accepted();
        await peer.Expect<BlockMessage>(m => m.Block.Height == 40);
        Assert.Equal(chain.Main[40].HeaderHash().ToString(), (await node.GetStatus()).Tip);

        // A reference's requests, byte for byte; only their order is ours. Of the header requests just the sizes: ours overlap by one, so
        // that the next header's proofs vouch for the challenge of the one before.
        var asked = peer.Received.Select(m => m.Message).OfType<RequestHeaderBlocksMessage>().ToList();
        Assert.All(asked, r => Assert.InRange(r.Heights.Length, 1, 25));
        var headerRequests = asked.Select(Hex)
            .Concat(capture.Messages("c2s").Where(f => f.Function == RequestHeaderBlocksMessage.Name).Select(f => f.Hex)).ToList();
        Assert.Equal(capture.Answers("c2s").Keys.Except(headerRequests).Order(), script.Asked.Except(headerRequests).Order());
        await peer.Settle();
    }

    [Fact]
    public async Task A_node_asks_a_forked_reference_node_as_a_reference_would_and_then_goes_on()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var capture = Capture.Load("small40_reorg");
        await RunningNodes.Fill(chain, folder.Path, chain.Main);
        var answers = capture.Answers("c2s");
        var script = new CaptureScript([.. capture.Messages("s2c").Take(3)], answers, []);
        await using var reference = new TestListener(script, capture.Handshake("s2c"));
        await using var node = await RunningNodes.Start(chain, folder.Path, reference.Port);
        var peer = await reference.Accepted();
        var asked = await peer.Expect<RequestAllHeaderHashesMessage>();
        Assert.Equal(chain.Fork[42].HeaderHash(), asked.TipHeaderHash);
        var byHash = script.Asked.Where(a => a != Hex(asked)).ToList();
        Assert.Equal(answers.Keys.Order(), byHash.Distinct().Order());
    }

    private static string Hex(Message message) => Convert.ToHexStringLower(MessageRegistry.Encode(message).AsSpan(4));
}
