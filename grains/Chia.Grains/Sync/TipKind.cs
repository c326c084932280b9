namespace Chia.Grains.Sync;

/// <summary>What the chain said of an announced block.</summary>
internal enum TipKind
{
    /// <summary>Ours already, or its parent is: only tells what the peer has.</summary>
    Connected,

    /// <summary>Its parent is unknown.</summary>
    Disconnected,

    /// <summary>Near-sync followed its parents to the end of its window and found none of ours: a fork deeper than the window (DECISIONS 10).</summary>
    OutOfReach,
}
