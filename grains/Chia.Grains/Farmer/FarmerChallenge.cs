using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>A challenge that at least one full node announced, and everything found for it.</summary>
internal sealed class FarmerChallenge(ProofOfSpaceFinalizedMessage announcement, long since)
{
    public Bytes32 Hash => announcement.ChallengeHash;

    /// <summary>Height of the block that has this challenge; proofs for it make blocks one higher.</summary>
    public uint Height => announcement.Height;

    public ulong Weight => announcement.Weight;

    /// <summary>Difficulty in force for proofs that answer it.</summary>
    public ulong Difficulty => announcement.Difficulty;

    /// <summary>When it was announced first, on the monotonic clock.</summary>
    public long Since { get; } = since;

    /// <summary>Connections of the full nodes that announced it and still live, in order: they get the proofs.</summary>
    public List<ConnectionId> Announcers { get; } = [];

    /// <summary>When harvesters were last asked, on the monotonic clock; null if never.</summary>
    public long? AskedAt { get; set; }

    /// <summary>A harvester answered, however badly.</summary>
    public bool HasAnswer { get; set; }

    /// <summary>Everything that was answered, followed up or not.</summary>
    public int Answers => Reserve.Count + Qualities.Count + OtherAnswers;

    /// <summary>Answers that are good for nothing.</summary>
    public int OtherAnswers { get; set; }

    /// <summary>Fewest iterations of an answer so far; for low heights only.</summary>
    public ulong BestIterations { get; set; } = ulong.MaxValue;

    /// <summary>Answers that were good enough but not the best, by quality: taken up when better blocks turn out to be dead
    /// ends.</summary>
    public Dictionary<Bytes32, ReserveAnswer> Reserve { get; } = [];

    /// <summary>The qualities that were followed up.</summary>
    public Dictionary<Bytes32, FarmerQuality> Qualities { get; } = [];
}

/// <summary>An answer that was not followed up because a better one was.</summary>
/// <param name="Iterations">Iterations that it needs.</param>
/// <param name="Harvester">Connection of the harvester that gave it.</param>
internal readonly record struct ReserveAnswer(ulong Iterations, ConnectionId Harvester);
