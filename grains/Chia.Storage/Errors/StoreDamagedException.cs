namespace Chia.Storage.Errors;

/// <summary>What is stored is not what was written: no database, a corrupt page, a wrong checksum, or tables that contradict each
/// other.</summary>
public sealed class StoreDamagedException : StoreException
{
    /// <summary>Names the store, the damage and the remedy.</summary>
    public StoreDamagedException(string location, string damage, Exception? cause = null)
        : base($"the store {location} is damaged ({damage}): run `chia db verify`, then `chia db rewind` to the height it names; if that fails too, move the file away and sync again", cause)
    {
        Location = location;
        Damage = damage;
    }

    /// <summary>What was found, without the advice.</summary>
    public string Damage { get; }

    /// <summary>The damaged store.</summary>
    public string Location { get; }
}
