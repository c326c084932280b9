namespace Chia.GrainInterfaces.Peers;

/// <summary>What the gateway is to do with a connection after one of its messages was handled.</summary>
/// <param name="Respond">Frames to write to it, in order.</param>
/// <param name="Close">Why to close it afterwards; null to keep it.</param>
[GenerateSerializer, Immutable, Alias("chia.ConnectionVerdict")]
public sealed record ConnectionVerdict(byte[][] Respond, string? Close = null)
{
    /// <summary>Go on, nothing to write.</summary>
    public static ConnectionVerdict Continue { get; } = new([]);
}
