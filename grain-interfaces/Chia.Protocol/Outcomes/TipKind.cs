namespace Chia.Protocol.Outcomes;

/// <summary>How an announced block stands to our chain.</summary>
public enum TipKind
{
    /// <summary>It is stored, or its parent is: it only tells what the peer has.</summary>
    Connected,

    /// <summary>Its parent is unknown.</summary>
    Disconnected,

    /// <summary>Near-sync followed its parents to the end of its window and found none of ours: a fork deeper than the window
    /// (DECISIONS 10).</summary>
    OutOfReach,
}
