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

    /// <summary>Iteration counts to prove that no evaluation was told yet.</summary>
    public SortedSet<ulong> Untold { get; } = [];

    /// <summary>The proofs made, by iterations: for full nodes that ask again.</summary>
    public Dictionary<ulong, ProofOfTime> Proofs { get; } = [];

    /// <summary>Its evaluation, if there is one.</summary>
    public TimelordEvaluation? Evaluation { get; set; }

    /// <summary>Evaluations that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Counts to prove, whether told to an evaluation or not, ascending.</summary>
    public ulong[] Targets()
    {
        ulong[] targets = [.. Untold, .. Evaluation?.Told ?? []];
        Array.Sort(targets);
        return targets;
    }
}
