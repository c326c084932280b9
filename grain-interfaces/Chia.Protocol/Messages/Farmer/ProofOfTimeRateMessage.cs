using Chia.Protocol.Messages.Fields;

namespace Chia.Protocol.Messages;

/// <summary>The full node's estimate of the speed of proofs of time (PROTOCOL.md 8.4).</summary>
/// <param name="PotEstimateIps">Iterations per second.</param>
public sealed record ProofOfTimeRateMessage(ulong PotEstimateIps) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_time_rate";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfTimeRateMessage, ulong>("pot_estimate_ips", WireTypes.U64, m => m.PotEstimateIps),
        potEstimateIps => new(potEstimateIps));
}
