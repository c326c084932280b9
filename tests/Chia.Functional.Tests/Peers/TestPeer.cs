using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Chia.Functional.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Peers;

/// <summary>A peer that the test holds in its hand: it shakes hands, keeps all it is sent, and does what its script says.</summary>
internal sealed class TestPeer : IAsyncDisposable
{
    private static int _ports = 20_000;
    private readonly TcpClient _client;
    private readonly PeerScript _script;
    private readonly Role _role;
    private readonly PipeReader _input;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Inbox _inbox = new();
    private Task _reading = Task.CompletedTask;

    private TestPeer(TcpClient client, Role role, PeerScript script)
    {
        _client = client;
        _client.NoDelay = true;
        _role = role;
        _script = script;
        _input = PipeReader.Create(client.GetStream());
    }

    /// <summary>What the node says about itself.</summary>
    public HandshakeIdentity Node { get; private set; } = null!;

    /// <summary>Completes when the node has closed the connection, or when it broke; tells how many messages came.</summary>
    public Task<int> Closed => _inbox.Closed;

    public bool IsClosed => _inbox.Closed.IsCompleted;

    /// <summary>Everything received so far.</summary>
    public IReadOnlyList<ReceivedMessage> Received => _inbox.All;

    /// <summary>Dials a node on loopback and shakes hands.</summary>
    /// <param name="port">The node's port.</param>
    /// <param name="script">What the peer does by itself.</param>
    /// <param name="role">The peer's role.</param>
    /// <param name="handshake">A whole frame to introduce itself with; null for an identity of its own.</param>
    public static async Task<TestPeer> Dial(int port, PeerScript? script = null, Role role = Role.FullNode, byte[]? handshake = null)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return await Begin(client, script ?? new PeerScript(), role, handshake);
    }

    /// <summary>Shakes hands over a connection, whoever dialled it.</summary>
    public static async Task<TestPeer> Begin(TcpClient client, PeerScript script, Role role = Role.FullNode, byte[]? handshake = null)
    {
        var peer = new TestPeer(client, role, script);
        try
        {
            await peer.Handshake(handshake).Within("the handshake");
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }

        peer._reading = peer.ReadAll();
        return peer;
    }

    /// <summary>An identity that no other peer of this test run has. Nothing listens on its port.</summary>
    public static HandshakeIdentity NewIdentity(Role role) => new(
        Testnet.Id,
        NetworkDefinition.ProtocolVersion,
        new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)),
        (ushort)Interlocked.Increment(ref _ports),
        role);

    public Task Send(Message message) => SendRaw(MessageRegistry.Encode(message));

    /// <summary>Writes bytes as they are.</summary>
    public async Task SendRaw(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _client.GetStream().WriteAsync(bytes);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next message of this kind that matches; what was returned before is not returned again.</summary>
    public Task<T> Expect<T>(Func<T, bool>? match = null, TimeSpan? deadline = null)
        where T : Message =>
        _inbox.Take(match ?? (_ => true)).Within($"a message {typeof(T).Name}", deadline);

    /// <summary>Completes when so many messages of this kind have come.</summary>
    public Task Receives<T>(int count)
        where T : Message =>
        _inbox.Receives<T>(count).Within($"{count} messages {typeof(T).Name}");

    /// <summary>All that the node sent before now has arrived when this completes: it answers in order.</summary>
    public async Task Settle()
    {
        await Send(new PingMessage());
        await Expect<PongMessage>();
    }

    /// <summary>Closes the connection, as a peer does that goes away.</summary>
    public void HangUp() => _client.Close();

    public async ValueTask DisposeAsync()
    {
        _client.Close();
        await _reading;
        _client.Dispose();
    }

    private async Task Handshake(byte[]? handshake)
    {
        var machine = new HandshakeMachine(NewIdentity(_role), new HandshakePolicy(false));
        var effects = machine.Start();
        if (handshake is not null)
            effects = [new HandshakeEffect.WriteFrame(handshake)];
        while (true)
        {
            foreach (var effect in effects.OfType<HandshakeEffect.WriteFrame>())
                await SendRaw(effect.Frame);
            if (effects is [HandshakeEffect.Register])
                effects = machine.Registered(RegistrationOutcome.Accepted);
            else if (effects is [HandshakeEffect.Established established])
                break;
            else if (effects.OfType<HandshakeEffect.Fail>().FirstOrDefault() is { } fail)
                throw new InvalidOperationException($"the handshake failed: {fail.Detail}");
            else
                effects =
                    machine.Receive(
                    await ReadFrame() ?? throw new EndOfStreamException("the node closed the connection in the handshake"));
            Node = machine.Peer!;
        }

        Node = machine.Peer!;
    }

    private async Task ReadAll()
    {
        try
        {
            await _script.Established(this);
            while (await ReadFrame() is { } payload)
            {
                var failure = MessageRegistry.TryDecode(payload, Node.Role, _role, out var message);
                Assert.True(message is not null, $"the node sent what is no message: {failure}");
                _inbox.Add(new ReceivedMessage(message, payload));
                await _script.Receive(this, message);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection broke, or the script hung up.
        }
        catch (Exception error)
        {
            _inbox.Fail(error);
        }
        finally
        {
            _inbox.Close();
        }
    }

    private async Task<byte[]?> ReadFrame()
    {
        while (true)
        {
            var read = await _input.ReadAsync();
            var buffer = read.Buffer;
            var result = FrameReader.TryRead(ref buffer, MessageRegistry.MaxPayload, out var payload);
            var copy = result == FrameResult.Frame ? payload.ToArray() : null;
            _input.AdvanceTo(buffer.Start, copy is null ? buffer.End : buffer.Start);
            if (copy is not null || read.IsCompleted)
                return copy;
        }
    }
}
