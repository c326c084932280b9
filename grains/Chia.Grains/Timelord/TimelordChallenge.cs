using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>A challenge that was announced, or only mentioned, and everything done for it.</summary>
internal sealed class TimelordChallenge(Bytes32 hash, long order)
{
    public Bytes32 Hash => hash;

    /// <summary>Grows from one challenge to the next.</summary>
    public long Order => order;

    /// <summary>Total weight of its block; null as long as only iterations for it are known.</summary>
    public ulong? Weight { get; set; }

    /// <summary>The full nodes that announced it, or asked for iterations of it first.</summary>
    public List<ConnectionId> Nodes { get; } = [];

    /// <summary>Iteration counts to prove that no evaluation was asked for yet.</summary>
    public SortedSet<ulong> Pending { get; } = [];

    /// <summary>Who wanted each count that is to be proven.</summary>
    public Dictionary<ulong, ConnectionId> WantedBy { get; } = [];

    /// <summary>The proofs made, by iterations: for full nodes that ask again.</summary>
    public Dictionary<ulong, ProofOfTime> Proofs { get; } = [];

    /// <summary>Its evaluation, if there is one.</summary>
    public TimelordEvaluation? Evaluation { get; set; }

    /// <summary>Evaluations that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Something is to be proven.</summary>
    public bool HasTargets => Pending.Count > 0 || Evaluation is { Asked.Count: > 0 };

    /// <summary>Counts to prove, whether an evaluation was asked for them or not, ascending.</summary>
    public ulong[] Targets()
    {
        ulong[] targets = [.. Pending, .. Evaluation?.Asked ?? []];
        Array.Sort(targets);
        return targets;
    }
}
