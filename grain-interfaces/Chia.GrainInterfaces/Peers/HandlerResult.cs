namespace Chia.GrainInterfaces.Peers;

/// <summary>What a role's handler wants done. The handler itself sends nothing.</summary>
/// <param name="Outbound">Messages in order of production.</param>
/// <param name="Blame">What the origin did wrong; null if nothing.</param>
[GenerateSerializer, Immutable, Alias("chia.HandlerResult")]
public sealed record HandlerResult(OutboundMessage[] Outbound, Blame? Blame = null)
{
    /// <summary>Nothing to send, nobody to blame.</summary>
    public static HandlerResult Nothing { get; } = new([]);

    /// <summary>Messages only.</summary>
    public static HandlerResult Send(params OutboundMessage[] messages) => messages.Length == 0 ? Nothing : new(messages);

    /// <summary>Blame only.</summary>
    public static HandlerResult Of(Blame blame) => new([], blame);
}
