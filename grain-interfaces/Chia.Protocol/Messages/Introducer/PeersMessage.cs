using System.Collections.Immutable;
using Chia.Protocol.Blocks;

namespace Chia.Protocol.Messages;

/// <summary>Full nodes that an introducer knows (PROTOCOL.md 8.3).</summary>
/// <param name="PeerList">Where to dial; usually the asker is among them.</param>
public sealed record PeersMessage(ImmutableArray<PeerInfo> PeerList) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "peers";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<PeersMessage, ImmutableArray<PeerInfo>>(
            "peer_list", WireTypes.ListOf(WireTypes.PeerInfo, ItemLimits.Peers), m => m.PeerList),
        peerList => new(peerList));
}

/// <summary>Asks an introducer for full nodes (PROTOCOL.md 8.3). A full node closes on it.</summary>
public sealed record RequestPeersMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_peers";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new RequestPeersMessage());
}
