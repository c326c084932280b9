using System.Collections.Immutable;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The farmer's pools: harvesters open the plots made for them (PROTOCOL.md 8.5).</summary>
/// <param name="PoolPubkeys">Their public keys.</param>
public sealed record HarvesterHandshakeMessage(ImmutableArray<Bytes48> PoolPubkeys) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "harvester_handshake";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HarvesterHandshakeMessage, ImmutableArray<Bytes48>>(
            "pool_pubkeys", WireTypes.ListOf(WireTypes.PublicKey, ItemLimits.PoolKeys), m => m.PoolPubkeys),
        poolPubkeys => new(poolPubkeys));
}
