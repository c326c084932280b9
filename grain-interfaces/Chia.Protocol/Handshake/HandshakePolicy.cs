namespace Chia.Protocol.Handshake;

/// <summary>What we insist on beyond the reference.</summary>
/// <param name="AcceptAnyNetworkId">Accept peers that announce another network, as the reference does (DECISIONS 7).</param>
public sealed record HandshakePolicy(bool AcceptAnyNetworkId = false);
