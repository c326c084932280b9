namespace Chia.Grains.Timelord;

/// <summary>How many proofs were made at each weight (ROLES.md 5.4): three of them make every challenge of the weight or less superfluous.</summary>
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
