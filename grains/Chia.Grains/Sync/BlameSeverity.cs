namespace Chia.Grains.Sync;

/// <summary>How much a blame weighs in the peer's score.</summary>
internal enum BlameSeverity
{
    /// <summary>Might be trouble of the network; counts only in numbers.</summary>
    Minor,

    /// <summary>Wrong data that costs little; may stem from a damaged peer.</summary>
    Major,

    /// <summary>A proven lie: disconnect.</summary>
    Fatal,
}
