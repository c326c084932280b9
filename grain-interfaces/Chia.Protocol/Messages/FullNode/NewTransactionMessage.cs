using Chia.Protocol.Blocks;
using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>Defined by the reference, neither sent nor handled (PROTOCOL.md 8.9).</summary>
/// <param name="Transaction">The transaction.</param>
public sealed record NewTransactionMessage(Transaction Transaction) : Message
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
