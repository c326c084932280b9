using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Defined by the reference, neither sent nor handled (PROTOCOL.md 8.9).</summary>
/// <param name="Transaction">The transaction.</param>
internal sealed record NewTransactionMessage(Transaction Transaction) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "new_transaction";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<NewTransactionMessage, Transaction>("transaction", WireTypes.Transaction, m => m.Transaction),
        transaction => new(transaction));
}

/// <summary>Defined by the reference, neither sent nor handled (PROTOCOL.md 8.9).</summary>
/// <param name="TransactionId">Transaction id.</param>
internal sealed record RequestTransactionMessage(Bytes32 TransactionId) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_transaction";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestTransactionMessage, Bytes32>("transaction_id", WireTypes.B32, m => m.TransactionId),
        transactionId => new(transactionId));
}

/// <summary>Defined by the reference, neither sent nor handled (PROTOCOL.md 8.9).</summary>
/// <param name="TransactionId">Transaction id.</param>
internal sealed record TransactionIdMessage(Bytes32 TransactionId) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "transaction_id";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<TransactionIdMessage, Bytes32>("transaction_id", WireTypes.B32, m => m.TransactionId),
        transactionId => new(transactionId));
}
