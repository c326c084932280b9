using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Connections;

/// <summary>Counts what goes over one connection. Safe from any thread.</summary>
internal sealed class TrafficCount
{
    private const long Unknown = -1;

    private long _received;
    private long _sent;
    private long _height = Unknown;

    /// <summary>What has gone over the connection so far.</summary>
    public PeerTraffic Total => new(
        Interlocked.Read(ref _received), Interlocked.Read(ref _sent),
        Interlocked.Read(ref _height) is var height and >= 0 ? (uint)height : null);

    /// <summary>Counts a frame that came.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="message">What it says.</param>
    public void Received(int bytes, Message message)
    {
        Interlocked.Add(ref _received, bytes);
        if (HeightIn(message) is { } height && height > Interlocked.Read(ref _height))
            Interlocked.Exchange(ref _height, height);
    }

    /// <summary>Counts a frame that is queued.</summary>
    public void Sent(int bytes) => Interlocked.Add(ref _sent, bytes);

    /// <summary>The height that a message says its sender has, or that its challenge has.</summary>
    private static uint? HeightIn(Message message) => message switch
    {
        BlockMessage m => m.Block.Height,
        ProofOfSpaceFinalizedMessage m => m.Height,
        _ => null,
    };
}
