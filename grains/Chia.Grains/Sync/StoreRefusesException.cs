namespace Chia.Grains.Sync;

/// <summary>The store takes no blocks at the moment: the question stays open and is asked again.</summary>
internal sealed class StoreRefusesException : Exception
{
    /// <summary>Says why, as the chain does.</summary>
    public StoreRefusesException(string why)
        : base(why)
    {
    }
}
