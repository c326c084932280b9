namespace Chia.GrainInterfaces.Peers;

/// <summary>What the peer grain of an event's origin is to do after its role has handled the event. Everything else is done.</summary>
/// <param name="Answers">Frames for the origin, in order.</param>
/// <param name="Blame">What the origin did wrong; null if nothing.</param>
/// <param name="IsClosed">The connection is of no use any more; its peer did nothing wrong.</param>
/// <param name="WasNews">What the origin said was new to us and was passed on.</param>
[GenerateSerializer, Immutable, Alias("chia.HandlerResult")]
public sealed record HandlerResult(byte[][] Answers, Blame? Blame = null, bool IsClosed = false, bool WasNews = false)
{
    /// <summary>Nothing to send, nobody to blame.</summary>
    public static HandlerResult Nothing { get; } = new([]);
}
