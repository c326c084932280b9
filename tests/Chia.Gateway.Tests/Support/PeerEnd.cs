using System.Buffers;
using System.IO.Pipelines;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Support;

/// <summary>The peer's end of a connection in memory.</summary>
internal sealed class PeerEnd(PipeReader input, PipeWriter output)
{
    public static HandshakeIdentity Identity { get; } =
        new(Testnet.Id, NetworkDefinition.ProtocolVersion, Bytes32.FromHex(new string('2', 64)), 8444, Role.FullNode);

    public Task Send(params Message[] messages) => Write(messages.SelectMany(MessageRegistry.Encode).ToArray());

    public async Task Write(ReadOnlyMemory<byte> bytes) => await output.WriteAsync(bytes);

    /// <summary>Nothing more will come.</summary>
    public ValueTask HangUp() => output.CompleteAsync();

    /// <summary>Introduces itself and acknowledges, whatever the other side says.</summary>
    public Task SendHandshake(HandshakeIdentity? identity = null) => Send((identity ?? Identity).ToMessage(), new HandshakeAckMessage());

    /// <summary>The payload of the next frame; null if the connection was closed.</summary>
    public async Task<byte[]?> Read()
    {
        while (true)
        {
            var read = await input.ReadAsync().AsTask().InTime();
            var buffer = read.Buffer;
            var result = FrameReader.TryRead(ref buffer, MessageRegistry.MaxPayload, out var payload);
            var copy = result == FrameResult.Frame ? payload.ToArray() : null;
            input.AdvanceTo(buffer.Start, copy is null ? buffer.End : buffer.Start);
            if (copy is not null || read.IsCompleted)
                return copy;
        }
    }

    /// <summary>Reads a frame that must be there, and be this one.</summary>
    public async Task Expect(Message message) =>
        Assert.Equal(
            Convert.ToHexString(MessageRegistry.Encode(message).AsSpan(FrameReader.PrefixSize)), Convert.ToHexString((await Read())!));
}
