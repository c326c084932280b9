using System.Collections.Immutable;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks a pool for its terms. Defined, neither sent nor handled (PROTOCOL.md 8.7).</summary>
/// <param name="MinHeight">Lowest height of the coinbases wanted.</param>
/// <param name="FarmerId">The farmer.</param>
internal sealed record RequestDataMessage(uint? MinHeight, string? FarmerId) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_data";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestDataMessage, uint?>("min_height", WireTypes.OptionalNumber(WireTypes.U32), m => m.MinHeight),
        new Field<RequestDataMessage, string?>("farmer_id", WireTypes.Optional(WireTypes.Text), m => m.FarmerId),
        (minHeight, farmerId) => new(minHeight, farmerId));
}

/// <summary>A pool's terms. Defined, neither sent nor handled (PROTOCOL.md 8.7).</summary>
/// <param name="PostingUrl">Where partial proofs go.</param>
/// <param name="PoolPubkey">The pool's key.</param>
/// <param name="PartialsThreshold">Iterations below which a proof counts as partial.</param>
/// <param name="CoinbaseInfo">Rewards the pool has signed.</param>
internal sealed record RespondDataMessage(
    string PostingUrl,
    Bytes48 PoolPubkey,
    ulong PartialsThreshold,
    ImmutableArray<SignedCoinbase> CoinbaseInfo) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "respond_data";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RespondDataMessage, string>("posting_url", WireTypes.Text, m => m.PostingUrl),
        new Field<RespondDataMessage, Bytes48>("pool_pubkey", WireTypes.PublicKey, m => m.PoolPubkey),
        new Field<RespondDataMessage, ulong>("partials_threshold", WireTypes.U64, m => m.PartialsThreshold),
        new Field<RespondDataMessage, ImmutableArray<SignedCoinbase>>(
            "coinbase_info", WireTypes.ListOf(WireTypes.SignedCoinbase, ItemLimits.SignedCoinbases), m => m.CoinbaseInfo),
        (postingUrl, poolPubkey, partialsThreshold, coinbaseInfo) => new(postingUrl, poolPubkey, partialsThreshold, coinbaseInfo));
}
