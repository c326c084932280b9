using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>
/// What one full node has as its tips, as far as it told: the challenges it announced to which fewer heavier ones were announced than a full
/// node has tips. All others are past.
/// </summary>
internal sealed class FullNodeView(int tips)
{
    /// <summary>Three tips, and as many again and more that are as heavy as the lightest of them.</summary>
    private const int MaxChallenges = 16;

    private readonly List<(Bytes32 Challenge, ulong Weight)> _challenges = [];
    private readonly ProofCounts _proofs = new();

    /// <summary>When the connection was lost; null while it lives.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>The greatest weight announced; null if none was.</summary>
    public ulong? Heaviest => _challenges.Count == 0 ? null : _challenges.Max(c => c.Weight);

    /// <summary>The greatest weight at which it has had enough proofs.</summary>
    public ulong? Settled => _proofs.Settled;

    /// <summary>The challenges of its tips.</summary>
    public IEnumerable<Bytes32> Challenges => _challenges.Select(c => c.Challenge);

    /// <summary>Those of them that proofs are still wanted for.</summary>
    public IEnumerable<Bytes32> Unsettled => _challenges.Where(c => !(c.Weight <= Settled)).Select(c => c.Challenge);

    /// <summary>It announced a challenge.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="proofs">How many proofs were made for it before.</param>
    public void Announced(Bytes32 challenge, ulong weight, int proofs)
    {
        if (_challenges.Any(c => c.Challenge == challenge))
            return;
        _challenges.Add((challenge, weight));
        _proofs.Add(weight, proofs);
        _challenges.RemoveAll(past => _challenges.Count(c => c.Weight > past.Weight) >= tips);
        if (_challenges.Count > MaxChallenges)
            _challenges.Remove(_challenges.MinBy(c => c.Weight));
    }

    /// <summary>A proof was made for a challenge, perhaps one of its own.</summary>
    public void Proved(Bytes32 challenge)
    {
        foreach (var own in _challenges.Where(c => c.Challenge == challenge))
            _proofs.Add(own.Weight, 1);
    }
}
