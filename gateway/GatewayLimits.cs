namespace Chia.Gateway;

/// <summary>Bounds of one gateway. Each has a reason; none is needed by an honest peer.</summary>
public sealed record GatewayLimits
{
    /// <summary>From the first byte to the acknowledged handshake. A reference peer answers in milliseconds; it has no limit of its own.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until a TCP connection is established.</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one write may wait for a peer that does not read.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a frame may take once its length is known. 64 MiB at 1 Mbit/s take 9 minutes.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a closing connection may spend on writing what is queued.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections accepted in total.</summary>
    public int MaxInbound { get; init; } = 200;

    /// <summary>Connections accepted from one address. Loopback is exempt: whole networks run on one machine.</summary>
    public int MaxInboundPerAddress { get; init; } = 8;

    /// <summary>Messages decoded and not yet handed to the cluster, per connection. Small: TCP holds the rest back.</summary>
    public int InboundQueue { get; init; } = 16;

    /// <summary>Frames queued for a peer. A sync asks for at most a few answers at a time; a peer 1,000 frames behind does not read.</summary>
    public int OutboundQueue { get; init; } = 1024;

    /// <summary>Bytes queued for a peer: the largest answer (64 MiB of header hashes) and some more.</summary>
    public long OutboundQueueBytes { get; init; } = 80L << 20;

    /// <summary>Bytes of frames over <see cref="LargeFrame"/> that are being received at one time, all connections together.</summary>
    public long LargeFrameBudget { get; init; } = 256L << 20;

    /// <summary>A frame above this size takes from the common budget before it is read.</summary>
    public uint LargeFrame { get; init; } = 256 << 10;
}
