using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>
/// A message a peer sent, checked and decoded by the gateway. Within one process the decoded message rides along;
/// across processes the payload crosses and is decoded again at the other side.
/// </summary>
[GenerateSerializer, Immutable, Alias("chia.PeerMessage")]
public sealed class PeerMessage
{
    [Id(0)]
    private readonly byte[] _payload;

    [Id(1)]
    private readonly Role _sender;

    [Id(2)]
    private readonly Role _receiver;

    [NonSerialized]
    private Message? _message;

    /// <summary>Keeps the payload and what the gateway decoded from it.</summary>
    /// <param name="payload">The CBOR payload without length prefix; the caller gives it away.</param>
    /// <param name="sender">The peer's role.</param>
    /// <param name="receiver">Our role.</param>
    /// <param name="message">What the payload says.</param>
    public PeerMessage(byte[] payload, Role sender, Role receiver, Message message)
    {
        _payload = payload;
        _sender = sender;
        _receiver = receiver;
        _message = message;
    }

    /// <summary>Size of the payload in bytes.</summary>
    public int Size => _payload.Length;

    /// <summary>The decoded message.</summary>
    public Message Message => _message ??= Decode();

    private Message Decode()
    {
        var failure = MessageRegistry.TryDecode(_payload, _sender, _receiver, out var message);
        return message ?? throw new InvalidDataException($"a message that the gateway accepted does not decode: {failure}");
    }
}
