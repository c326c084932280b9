using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Functional.Tests.Hostile;

/// <summary>A node as a process under attack by connections, with an honest peer beside it that is served (docs/security.md).</summary>
public sealed class ConnectionAttackTests : IDisposable
{
    private static readonly ChainVectors Chain = ChainVectors.Small;
    private readonly TempFolder _folder = new();
    private readonly List<IAsyncDisposable> _attackers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_takes_all_places_keeps_nobody_out()
    {
        await using var node = await Start();
        await using var honest = await TestPeer.Dial(node.Port);
        for (var i = 0; i < 220; i++)
            await Attack(node, TestPeer.Dial(node.Port));
        var silent = Enumerable.Range(0, 100).Select(_ => new TcpClient()).ToList();
        foreach (var client in silent)
            await client.ConnectAsync(IPAddress.Loopback, node.Port, Cancellation);

        await AssertServed(honest);
        await using var newcomer = await TestPeer.Dial(node.Port);
        await AssertServed(newcomer);
        silent.ForEach(client => client.Dispose());
        await EndAttack();
    }

    [Fact]
    public async Task Peers_that_do_not_read_cost_no_more_than_the_budget()
    {
        await using var node = await Start();
        await using var honest = await TestPeer.Dial(node.Port);
        await AssertServed(honest);
        using var process = Process.GetProcessById(node.Process.Id);
        var before = process.WorkingSet64;
        var request = MessageRegistry.Encode(new RequestSyncBlocksMessage(Chain.Main[40].HeaderHash(), [1, 2, 3, 4, 5]));
        for (var i = 0; i < 40; i++)
        {
            var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
            _attackers.Add(new Owned(deaf));
            await deaf.ConnectAsync(IPAddress.Loopback, node.Port, Cancellation);
            await deaf.SendAsync(MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage()), Cancellation);
            await deaf.SendAsync(MessageRegistry.Encode(new HandshakeAckMessage()), Cancellation);
            deaf.Blocking = false;
            for (var sent = 0; sent < 400; sent++)
                deaf.Send(request, SocketFlags.None, out _);
        }

        for (var i = 0; i < 20; i++)
            await AssertServed(honest);
        process.Refresh();

        // What waits for all (128 MiB), and twice as much again for buffers and what is not yet collected.
        Assert.InRange(process.WorkingSet64 - before, long.MinValue, 3 * (128L << 20));
        await EndAttack();
    }

    [Fact]
    public async Task A_liar_is_kept_out_though_it_is_nearly_alone()
    {
        await using var node = await Start();
        var identity = MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage());
        await Lie(node, identity);
        await Assert.ThrowsAnyAsync<Exception>(() => TestPeer.Dial(node.Port, handshake: identity));

        // Under another name each time it comes back, slower and slower; an honest newcomer waits a little.
        for (var i = 0; i < 6; i++)
            await Lie(node, MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage()));
        await using var newcomer = await TestPeer.Dial(node.Port);
        await AssertServed(newcomer);
        await Assert.ThrowsAnyAsync<Exception>(() => TestPeer.Dial(node.Port, handshake: identity));
    }

    [Fact]
    public async Task Whoever_has_a_nodes_id_does_not_keep_it_out()
    {
        await using var node = await Start();
        var owner = TestPeer.NewIdentity(Role.FullNode);
        var claim = TestPeer.NewIdentity(Role.FullNode) with { NodeId = owner.NodeId };
        await using var squatter = await TestPeer.Dial(node.Port, handshake: MessageRegistry.Encode(claim.ToMessage()));
        await using var genuine = await TestPeer.Dial(node.Port, handshake: MessageRegistry.Encode(owner.ToMessage()));
        await AssertServed(genuine);
        await AssertServed(squatter);
    }

    private async Task<NodeProcess> Start()
    {
        var root = _folder.Sub("node");
        await RunningNodes.Fill(Chain, root, Chain.Main.Take(41));
        return await NodeProcess.Start(Chain, root);
    }

    private static async Task Lie(NodeProcess node, byte[] identity)
    {
        await using var liar = await TestPeer.Dial(node.Port, handshake: identity);
        await liar.SendRaw(new byte[] { 0, 0, 0, 0 });
        await liar.Closed.Within("the end of the liar's connection");
    }

    private static async Task AssertServed(TestPeer peer)
    {
        var asked = Chain.Main[7];
        await peer.Send(new RequestBlockMessage(asked.HeaderHash()));
        await peer.Expect<BlockMessage>(m => m.Block.HeaderHash() == asked.HeaderHash());
    }

    /// <summary>An attacker may be refused: that is what places are for.</summary>
    private async Task Attack(NodeProcess node, Task<TestPeer> dial)
    {
        try
        {
            _attackers.Add(await dial);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Assert.False(node.Process.HasExited);
        }
    }

    private async Task EndAttack()
    {
        foreach (var attacker in _attackers)
            await attacker.DisposeAsync();
    }

    private sealed class Owned(Socket socket) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
