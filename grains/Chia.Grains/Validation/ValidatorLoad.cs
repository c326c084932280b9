using Chia.Grains.Placement;

namespace Chia.Grains.Validation;

/// <summary>How many checks this silo has open with each of the validators, and which of them has the fewest.</summary>
internal sealed class ValidatorLoad(ISiloStatusOracle silos, SiloRoles roles)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, int> _open = [];

    /// <summary>The silos that check.</summary>
    public IReadOnlyList<SiloAddress> Validators() =>
        [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Append(silos.SiloAddress).Distinct()
            .Where(silo => roles.Has(silo, SiloRole.Validator))];

    /// <summary>Takes places with the validator that has the fewest checks open.</summary>
    /// <param name="checks">How many.</param>
    /// <param name="except">Silos that turned out to be gone.</param>
    /// <exception cref="NoValidatorException">No silo is left that checks.</exception>
    public Places Take(int checks, IReadOnlySet<SiloAddress> except)
    {
        var validators = Validators().Except(except).ToList();
        if (validators.Count == 0)
            throw new NoValidatorException();
        lock (_lock)
        {
            foreach (var (silo, open) in _open)
            {
                if (open == 0 && !validators.Contains(silo))
                    _open.Remove(silo);
            }

            var chosen = validators.MinBy(silo => _open.GetValueOrDefault(silo))!;
            _open[chosen] = _open.GetValueOrDefault(chosen) + checks;
            return new Places(this, chosen, checks);
        }
    }

    private void Return(SiloAddress silo, int checks)
    {
        lock (_lock)
            _open[silo] -= checks;
    }

    /// <summary>Places with a validator, given back when the checks are done.</summary>
    internal readonly struct Places(ValidatorLoad load, SiloAddress silo, int checks) : IDisposable
    {
        public SiloAddress Silo { get; } = silo;

        public void Dispose() => load.Return(Silo, checks);
    }
}

/// <summary>No silo of the cluster checks proofs just now: whoever wanted something checked asks again.</summary>
public sealed class NoValidatorException()
    : Exception("no silo of the cluster has the role validator: start one with `chia silo --roles validator`");
