namespace Chia.GrainInterfaces.Peers;

/// <summary>What the gateway is to do with a connection after one of its messages was handled.</summary>
/// <param name="Respond">Frames to write to it, in order.</param>
/// <param name="Close">Why to close it afterwards; null to keep it.</param>
/// <param name="WasNews">What the peer said was new to us and is passed on: a peer like that keeps its place when places are
/// short.</param>
[GenerateSerializer, Immutable, Alias("chia.ConnectionVerdict")]
public sealed record ConnectionVerdict(byte[][] Respond, DisconnectReason? Close = null, bool WasNews = false)
{
    /// <summary>Go on, nothing to write.</summary>
    public static ConnectionVerdict Continue { get; } = new([]);
}
