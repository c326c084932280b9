using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Hosting;
using Chia.Testing;

namespace Chia.Functional.Tests.Hostile;

/// <summary>Peers that want to do harm: they lose their connection, and the others notice nothing.</summary>
public class HostileTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Fact]
    public async Task Noise_after_the_handshake()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        foreach (var noise in Noise())
        {
            await using var peer = await TestPeer.Dial(node.Port());
            await peer.SendRaw(noise);
            await peer.Closed.Within(
                $"the end of the connection after {Convert.ToHexString(noise.AsSpan(0, Math.Min(noise.Length, 40)))}");
        }

        await AssertServes(node);
    }

    [Fact]
    public async Task A_peer_that_keeps_breaking_the_rules_is_locked_out_while_others_are_there()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        var identity = MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage());
        await using var first = await TestPeer.Dial(node.Port());
        await using var second = await TestPeer.Dial(node.Port());
        await using var third = await TestPeer.Dial(node.Port());
        foreach (var peer in new[] { first, second, third })
            await peer.Expect<BlockMessage>();
        await using (var bad = await TestPeer.Dial(node.Port(), handshake: identity))
        {
            await bad.SendRaw(new byte[] { 0, 0, 0, 0 });
            await bad.Closed.Within("the end of the connection");
        }

        await Assert.ThrowsAnyAsync<Exception>(() => TestPeer.Dial(node.Port(), handshake: identity));
        await AssertServes(node);
    }

    /// <summary>VDF.md 8.1: the output of a real block in another spelling, with the challenge that would follow from it, under the same
    /// header hash.</summary>
    [Fact]
    public async Task A_copy_with_another_next_challenge_does_not_stand_in_the_way_of_the_block()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(ChainVectors.Real, folder.Path, ChainVectors.Real.Main.Take(3));
        await using var node = await RunningNodes.Start(ChainVectors.Real, folder.Path);
        var block = ChainVectors.Real.Main[3];
        await using var attacker = await TestPeer.Dial(node.Port());
        await using var honest = await TestPeer.Dial(node.Port());
        await using var bystander = await TestPeer.Dial(node.Port());
        await bystander.Expect<BlockMessage>(m => m.Block.Height == 2);
        for (var spelling = 1; spelling <= 3; spelling++)
            await attacker.Send(new BlockMessage(InAnotherSpelling(block, spelling)));
        await attacker.Settle();
        await honest.Send(new BlockMessage(block));
        Assert.Equal(block, (await bystander.Expect<BlockMessage>(m => m.Block.Height == 3)).Block);
        Assert.False(honest.IsClosed);
    }

    [Fact]
    public async Task A_length_without_a_frame_and_a_hundred_half_open_connections()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        var halfOpen = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var client = new TcpClient();
                halfOpen.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, node.Port(), TestContext.Current.CancellationToken);
                if (i % 2 == 0)
                    await client.GetStream().WriteAsync(new byte[] { 0, 0, 0 }, TestContext.Current.CancellationToken);
            }

            await using var silent = await TestPeer.Dial(node.Port());
            await silent.SendRaw(new byte[] { 0, 0, 0x03, 0xff });
            await AssertServes(node);
            Assert.False(silent.IsClosed);
        }
        finally
        {
            halfOpen.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Frames_byte_by_byte_are_frames()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        await using var peer = await TestPeer.Dial(node.Port());
        await peer.Expect<BlockMessage>();
        foreach (var single in MessageRegistry.Encode(new RequestBlockMessage(Chain.Main[7].HeaderHash())))
            await peer.SendRaw(new[] { single });
        Assert.Equal(Chain.Main[7], (await peer.Expect<BlockMessage>(m => m.Block.Height == 7)).Block);
    }

    [Fact]
    public async Task An_answer_of_64_MiB_that_nobody_asked_for()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        await using var peer = await TestPeer.Dial(node.Port());
        await peer.Expect<BlockMessage>();
        var frame = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[1_900_000]]));

        // The node hangs up as soon as it sees what is coming; the rest need not fit into any buffer.
        await Record.ExceptionAsync(() => peer.SendRaw(frame));
        await peer.Closed.Within("the end of the connection");
        await AssertServes(node);
    }

    [Fact]
    public async Task A_peer_that_asks_and_never_reads_holds_up_nobody()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(40));
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        using var deaf = new TcpClient { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync(IPAddress.Loopback, node.Port(), TestContext.Current.CancellationToken);
        var stream = deaf.GetStream();
        await stream.WriteAsync(
            MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage()), TestContext.Current.CancellationToken);
        await stream.WriteAsync(MessageRegistry.Encode(new HandshakeAckMessage()), TestContext.Current.CancellationToken);
        var tip = Chain.Main[39].HeaderHash();
        var request = MessageRegistry.Encode(new RequestHeaderBlocksMessage(tip, [.. Enumerable.Range(1, 25).Select(h => (uint)h)]));
        for (var i = 0; i < 400; i++)
            await stream.WriteAsync(request, TestContext.Current.CancellationToken);

        await using var sender = await TestPeer.Dial(node.Port());
        await using var witness = await TestPeer.Dial(node.Port());
        await witness.Expect<BlockMessage>(m => m.Block.Height == 39);
        await sender.Send(new BlockMessage(Chain.Main[40]));
        await witness.Expect<BlockMessage>(m => m.Block.Height == 40);
        await AssertServes(node);
    }

    [Fact]
    public async Task Requests_beyond_the_limits_cost_the_connection_and_unknown_tips_are_met_with_silence()
    {
        using var folder = new TempFolder();
        await using var node = await Start(folder);
        var tip = Chain.Main[40].HeaderHash();
        await AssertBreach(node, new RequestHeaderBlocksMessage(tip, Heights(26)));
        await AssertBreach(node, new RequestSyncBlocksMessage(tip, Heights(6)));
        await AssertBreach(node, new RequestHeaderBlocksMessage(tip, [41]));
        await AssertBreach(node, new RequestSyncBlocksMessage(tip, [41]));
        await AssertBreach(node, new RequestHeaderBlocksMessage(default, Heights(26)));

        await using var peer = await TestPeer.Dial(node.Port());
        await peer.Send(new RequestSyncBlocksMessage(default, Heights(6)));
        await peer.Send(new RequestHeaderBlocksMessage(default, Heights(25)));
        await peer.Send(new RequestAllHeaderHashesMessage(default));
        await peer.Send(new RequestBlockMessage(default));
        await peer.Settle();
        Assert.All(peer.Received, m => Assert.True(m.Message is PongMessage or BlockMessage { Block.Height: > 37 }));
        Assert.Equal(25, (await Ask<HeaderBlocksMessage>(peer, new RequestHeaderBlocksMessage(tip, Heights(25)))).HeaderBlocks.Length);
        Assert.Equal(5, (await Ask<SyncBlocksMessage>(peer, new RequestSyncBlocksMessage(tip, Heights(5)))).Blocks.Length);

        // In the order of the request, repetitions included.
        var odd = await Ask<SyncBlocksMessage>(peer, new RequestSyncBlocksMessage(tip, [9, 3, 9]));
        Assert.Equal([9u, 3u, 9u], odd.Blocks.Select(b => b.Height));
    }

    /// <summary>(a, b) and (a, b + 2ka) are the same class.</summary>
    private static FullBlock InAnotherSpelling(FullBlock block, int k)
    {
        var header = block.HeaderBlock;
        var output = header.ProofOfTime!.Output;
        var b = new BigInteger(output.B.Span, isBigEndian: true) + (2 * k * new BigInteger(output.A.Span, isBigEndian: true));
        var moved = new byte[output.B.Length];
        Assert.True(b.TryWriteBytes(moved.AsSpan(moved.Length - b.GetByteCount()), out _, isBigEndian: true));
        var spelling = output with { B = ByteString.Adopt(moved) };
        var copy = block with
        {
            HeaderBlock = header with
            {
                ProofOfTime = header.ProofOfTime with { Output = spelling },
                Challenge = header.Challenge! with { ProofOfTimeOutputHash = spelling.Sha256() },
            },
        };
        Assert.Equal(block.HeaderHash(), copy.HeaderHash());
        return copy;
    }

    private static async Task<T> Ask<T>(TestPeer peer, Message question)
        where T : Message
    {
        await peer.Send(question);
        return await peer.Expect<T>();
    }

    private static async Task AssertBreach(RunningNode node, Message message)
    {
        await using var peer = await TestPeer.Dial(node.Port());
        await peer.Send(message);
        await peer.Closed.Within($"the end of the connection after {message}");
    }

    private static System.Collections.Immutable.ImmutableArray<uint> Heights(int count) =>
        [.. Enumerable.Range(1, count).Select(h => (uint)h)];

    private static async Task<RunningNode> Start(TempFolder folder)
    {
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        return await RunningNodes.Start(Chain, folder.Path);
    }

    /// <summary>Somebody new gets what everybody gets.</summary>
    private static async Task AssertServes(RunningNode node)
    {
        await using var peer = await TestPeer.Dial(node.Port());
        await peer.Expect<BlockMessage>(m => m.Block.Height >= 39);
        var tip = Chain.Main[39].HeaderHash();
        Assert.Equal(40, (await Ask<AllHeaderHashesMessage>(peer, new RequestAllHeaderHashesMessage(tip))).HeaderHashes.Length);
        Assert.Equal(Chain.Main[5], (await Ask<SyncBlocksMessage>(peer, new RequestSyncBlocksMessage(tip, [5]))).Blocks[0]);
    }

    private static IEnumerable<byte[]> Noise()
    {
        yield return [0, 0, 0, 0];
        yield return [0xff, 0xff, 0xff, 0xff];
        yield return [0x7f, 0xff, 0xff, 0xff, 0xa2, 0x61, 0x66];
        yield return [0, 0, 0, 1, 0xff];
        yield return [0, 0, 0, 3, 0xbf, 0x61, 0x66];
        yield return MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage());
        yield return MessageRegistry.Encode(new RequestPeersMessage());
        yield return MessageRegistry.Encode(new ProofOfTimeRateMessage(1));
        var random = RandomNumberGenerator.GetBytes(1000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(random, random.Length - 4);
        yield return random;
        var block = MessageRegistry.Encode(new BlockMessage(Chain.Main[3]));
        yield return [.. block[..3], (byte)(block[3] - 1), .. block[4..^1]];
        yield return Envelope("set_server", 0xa0);
        yield return Envelope("_x", 0xa0);
        yield return Envelope("block", 0xf6);
    }

    private static byte[] Envelope(string function, byte data)
    {
        byte[] payload =
            [0xa2, 0x61, (byte)'f', (byte)(0x60 | function.Length), .. System.Text.Encoding.ASCII.GetBytes(function), 0x61, (byte)'d',
            data];
        return [0, 0, 0, (byte)payload.Length, .. payload];
    }
}
