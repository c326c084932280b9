using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>Asks a pool for its terms. Defined, neither sent nor handled (PROTOCOL.md 8.7).</summary>
/// <param name="MinHeight">Lowest height of the coinbases wanted.</param>
/// <param name="FarmerId">The farmer.</param>
public sealed record RequestDataMessage(uint? MinHeight, string? FarmerId) : Message
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
