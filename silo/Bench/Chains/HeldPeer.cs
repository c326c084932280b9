using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Handshake;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Bench.Chains;

/// <summary>A peer that shakes hands, and then says nothing by itself.</summary>
internal sealed class HeldPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly PipeReader _input;

    private readonly Role _role;

    private HeldPeer(Socket socket, Role role)
    {
        (_socket, _role) = (socket, role);
        _input = PipeReader.Create(new NetworkStream(socket), new StreamPipeReaderOptions(bufferSize: 1024, useZeroByteReads: true));
    }

    /// <summary>Dials a node from an address of loopback and shakes hands.</summary>
    /// <param name="network">Its network.</param>
    /// <param name="node">Where it listens.</param>
    /// <param name="from">Where we come from: of one address, ports and the rate of being accepted are soon used up.</param>
    /// <param name="stopping">Ends it.</param>
    /// <param name="role">What we say that we are.</param>
    public static async Task<HeldPeer> Dial(
        NetworkDefinition network, ushort node, IPAddress from, CancellationToken stopping, Role role = Role.FullNode)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, node, stopping);
            var peer = new HeldPeer(socket, role);
            await peer.Handshake(network, stopping);
            return peer;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Completes when a frame that satisfies the condition has come.</summary>
    public async Task Until(Func<ReadOnlySequence<byte>, bool> isIt, CancellationToken stopping)
    {
        while (!isIt(new ReadOnlySequence<byte>(await Read(stopping))))
        {
            // What else it says does not matter.
        }
    }

    /// <summary>Sends a frame.</summary>
    public async Task Send(byte[] frame, CancellationToken stopping) => await _socket.SendAsync(frame, stopping);

    public void Dispose() => _socket.Dispose();

    private async Task Handshake(NetworkDefinition network, CancellationToken stopping)
    {
        var identity = new HandshakeIdentity(
            network.NetworkId, NetworkDefinition.ProtocolVersion, new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)), 0, _role);
        var machine = new HandshakeMachine(identity, new HandshakePolicy());
        for (var effects = machine.Start(); machine.State != HandshakeState.Established;)
        {
            foreach (var write in effects.OfType<HandshakeEffect.WriteFrame>())
                await Send(write.Frame.ToArray(), stopping);
            effects = effects is [HandshakeEffect.Register]
                ? machine.Registered(RegistrationOutcome.Accepted)
                : machine.Receive(await Read(stopping));
            if (effects is [HandshakeEffect.Fail fail, ..])
                throw new IOException(fail.Detail);
        }
    }

    private async Task<byte[]> Read(CancellationToken stopping)
    {
        while (true)
        {
            var read = await _input.ReadAsync(stopping);
            var buffer = read.Buffer;
            var result = FrameReader.TryRead(ref buffer, MessageRegistry.MaxPayload, out var payload);
            var copy = result == FrameResult.Frame ? payload.ToArray() : null;
            _input.AdvanceTo(buffer.Start, copy is null ? buffer.End : buffer.Start);
            if (copy is not null)
                return copy;
            if (read.IsCompleted)
                throw new IOException("the node closed the connection");
        }
    }
}
