using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Events;

/// <summary>Kinds of what happens in a node (OPERATIONS 3); closed.</summary>
[Flags]
public enum NodeEventKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The heaviest tip is another.</summary>
    Tip = 1,

    /// <summary>A block was stored, or refused.</summary>
    Block = 2,

    /// <summary>A challenge is to be farmed.</summary>
    Challenge = 4,

    /// <summary>A farmer has a proof of space and asks for a block.</summary>
    Proof = 8,

    /// <summary>A timelord finished a proof of time.</summary>
    Vdf = 16,

    /// <summary>A connection began or ended.</summary>
    Peer = 32,

    /// <summary>A sync began, went on or ended.</summary>
    Sync = 64,

    /// <summary>A peer said something.</summary>
    Message = 128,

    /// <summary>All of them.</summary>
    All = 255,
}

/// <summary>Something that happened in a node. What does not go with its kind is null.</summary>
/// <param name="Kind">One kind.</param>
/// <param name="Time">When, by the clock of the silo where it happened.</param>
/// <param name="Role">The role of ours that it happened to.</param>
[GenerateSerializer, Immutable, Alias("chia.NodeEvent")]
public sealed record NodeEvent(NodeEventKinds Kind, DateTimeOffset Time, Role Role)
{
    /// <summary>Header hash of the block; of a challenge, proof or proof of time, the challenge.</summary>
    [Id(0)]
    public string? Hash { get; init; }

    /// <summary>Height of the block.</summary>
    [Id(1)]
    public uint? Height { get; init; }

    /// <summary>Total weight of the block.</summary>
    [Id(2)]
    public ulong? Weight { get; init; }

    /// <summary>What became of it, in one word of a closed set: of a block its outcome, of a connection why it ended, of a sync its
    /// state.</summary>
    [Id(3)]
    public string? Outcome { get; init; }

    /// <summary>Connection id of the peer.</summary>
    [Id(4)]
    public string? Peer { get; init; }

    /// <summary>Role of the peer.</summary>
    [Id(5)]
    public Role? PeerRole { get; init; }

    /// <summary>HOST:PORT of the peer.</summary>
    [Id(6)]
    public string? Address { get; init; }

    /// <summary>Name of the message.</summary>
    [Id(7)]
    public string? Message { get; init; }

    /// <summary>Bytes of the message.</summary>
    [Id(8)]
    public int? Bytes { get; init; }

    /// <summary>What handling the message took.</summary>
    [Id(9)]
    public double? Milliseconds { get; init; }

    /// <summary>Iterations of the proof of time.</summary>
    [Id(10)]
    public ulong? Iterations { get; init; }

    /// <summary>Blocks that left the chain for the new tip.</summary>
    [Id(11)]
    public uint? Depth { get; init; }

    /// <summary>Phase of the sync.</summary>
    [Id(12)]
    public string? Phase { get; init; }

    /// <summary>Items done in the phase.</summary>
    [Id(13)]
    public long? Done { get; init; }

    /// <summary>Items of the phase; 0 if unknown.</summary>
    [Id(14)]
    public long? Total { get; init; }
}

/// <summary>An event with its place.</summary>
/// <param name="Sequence">Greater than that of every event before, also of those before the silo was started.</param>
/// <param name="Event">What happened.</param>
[GenerateSerializer, Immutable, Alias("chia.NumberedEvent")]
public sealed record NumberedEvent(long Sequence, NodeEvent Event);
