namespace Chia.Gateway.Configuration;

/// <summary>Bounds of one gateway. Each has a reason; none is needed by an honest peer.</summary>
public sealed record GatewayLimits
{
    /// <summary>From the first byte to the acknowledged handshake. A reference peer answers in milliseconds; it has no limit of its
    /// own.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Bytes received on one connection and not yet read by us. One block and a little more: beyond that, TCP keeps the data with the
    /// sender.
    /// </summary>
    public const int ReceiveBuffer = 128 << 10;

    /// <summary>How long a dial may take until the TCP connection is established.</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time in which a peer may take none of the bytes sent to it.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time for a frame to arrive once its length is known: 64 MiB at 1 Mbit/s take 9 minutes.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a closing connection may spend on writing what is queued.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Established connections that others opened, and as many again from this machine: max_inbound. A few more than Bitcoin
    /// nodes hold (125).</summary>
    public int MaxInbound { get; init; } = 200;

    /// <summary>Established connections that others opened, from everywhere together: as many as the system gives descriptors for
    /// (<see cref="DescriptorLimit"/>).</summary>
    public int MostInbound { get; init; } = int.MaxValue;

    /// <summary>Of <see cref="MaxInbound"/>, places kept for the roles that seldom call: at a full node, for farmers and timelords, of
    /// which nobody has hundreds.</summary>
    public int ReservedForOtherRoles => Math.Clamp(MaxInbound / 8, Math.Min(2, MaxInbound), MostReserved);

    private const int MostReserved = 100;

    /// <summary>Accepted connections whose handshake is under way, and as many again from this machine. A handshake takes two round trips:
    /// 64 are 200 a second.</summary>
    public int MaxHandshaking { get; init; } = 64;

    /// <summary>Connections accepted from one subscriber: an IPv4 address or a /64 of IPv6. Loopback is exempt: whole networks run on one
    /// machine.</summary>
    public int MaxInboundPerSubscriber { get; init; } = 8;

    /// <summary>
    /// Messages decoded and not yet handed to the cluster, per connection. Small: TCP holds the rest back. With the largest that nobody
    /// asked for (a block, 75 kB) it is 300 kB a connection.
    /// </summary>
    public int InboundQueue { get; init; } = 4;

    /// <summary>
    /// How many questions, of all connections together, are answered at one time: enough to keep every processor busy while some
    /// answers wait for the store. A question of a quiet peer waits for at most so many others.
    /// </summary>
    public int AnswersUnderWay { get; init; } = Math.Max(4, Environment.ProcessorCount);

    /// <summary>Frames queued for a peer. A sync asks for at most a few answers at a time; a peer 1,000 frames behind does not
    /// read.</summary>
    public int OutboundQueue { get; init; } = 1024;

    /// <summary>
    /// Bytes queued for a peer: thousands of blocks, where a sync has tens under way. One frame that is larger by itself (header hashes,
    /// up to 64 MiB) may be queued beside them, so that asking for many of those costs no memory.
    /// </summary>
    public long OutboundQueueBytes { get; init; } = 8L << 20;

    /// <summary>
    /// Bytes that a peer may leave unread before its next question waits, and TCP holds it back: more than a sync asks one peer for at a
    /// time (two dozen headers, five blocks), and 200 peers that read nothing hold 53 MB of answers.
    /// </summary>
    public long AnswerBacklog { get; init; } = 256 << 10;

    /// <summary>How long a question waits for that; by then a line of 0.2 Mbit/s has taken as much.</summary>
    public TimeSpan BacklogPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bytes that the system may hold of what was written and could not yet be sent, per connection. Linux would take up to 4 MB of each
    /// peer that does not read; what is under way to a peer that reads is not counted, so that a fast line stays full.
    /// </summary>
    public const int UnsentInSystem = 128 << 10;

    /// <summary>
    /// Bytes that wait to be sent, all connections of the process together: two of the largest answers (64 MiB), or what 128 peers have
    /// under way at 1 MiB each. When they run out the slowest connection goes.
    /// </summary>
    public long OutboundBudget { get; init; } = 128L << 20;

    /// <summary>Bytes of frames over <see cref="LargeFrame"/> that have been received and not handled, all connections together. When
    /// they run out, the frame that held most for the longest time is given up.</summary>
    public long LargeFrameBudget { get; init; } = 256L << 20;

    /// <summary>A frame above this size takes from the common budget as it arrives, and must arrive at a least rate.</summary>
    public uint LargeFrame { get; init; } = 256 << 10;

    /// <summary>
    /// How long a peer is kept while the cluster is away: all silos of a cluster restart in less than half of it, and a peer that hears
    /// nothing for longer is better off elsewhere.
    /// </summary>
    public TimeSpan ClusterPatience { get; init; } = TimeSpan.FromMinutes(3);
}
