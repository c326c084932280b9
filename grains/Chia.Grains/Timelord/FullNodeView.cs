using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>
/// What one full node has as its tips, as far as it told: the challenges it announced to which fewer heavier ones were announced than a
/// full node has tips. All others are past.
/// </summary>
internal sealed class FullNodeView(int tips, bool isConfigured)
{
    /// <summary>Three tips, and as many again and more that are as heavy as the lightest of them.</summary>
    private const int MaxChallenges = 16;

    private readonly List<(Bytes32 Challenge, ulong Weight)> _challenges = [];
    private readonly ProofCounts _proofs = new();

    /// <summary>It is one that we were told to serve; others come after it when slots are short.</summary>
    public bool IsConfigured => isConfigured;

    /// <summary>When the connection was lost, on the monotonic clock; null while it lives.</summary>
    public long? LostAt { get; set; }

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

/// <summary>How many proofs were made at each weight (ROLES.md 5.4): three of them make every challenge of the weight or less
/// superfluous.</summary>
internal sealed class ProofCounts
{
    /// <summary>Proofs that settle a weight: a full node keeps three tips.</summary>
    public const int Enough = 3;

    /// <summary>Weights kept; the lightest go first. Tips differ by a few blocks at most.</summary>
    private const int MaxWeights = 100;

    private readonly SortedDictionary<ulong, int> _counts = [];

    /// <summary>The greatest weight with three proofs; null if there is none.</summary>
    public ulong? Settled { get; private set; }

    /// <summary>So many proofs more.</summary>
    public void Add(ulong weight, int proofs)
    {
        if (proofs == 0)
            return;
        _counts[weight] = _counts.GetValueOrDefault(weight) + proofs;
        if (_counts[weight] >= Enough && !(weight <= Settled))
            Settled = weight;
        if (_counts.Count > MaxWeights)
            _counts.Remove(_counts.Keys.First());
    }
}
