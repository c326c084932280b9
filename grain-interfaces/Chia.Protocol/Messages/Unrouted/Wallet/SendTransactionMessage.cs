using Chia.Protocol.Blocks;

namespace Chia.Protocol.Messages;

/// <summary>Submits a transaction. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="Transaction">The transaction.</param>
internal sealed record SendTransactionMessage(Transaction Transaction) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "send_transaction";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<SendTransactionMessage, Transaction>("transaction", WireTypes.Transaction, m => m.Transaction),
        transaction => new(transaction));
}
