namespace Chia.Consensus.Queries;

/// <summary>How a question about heights ends (CONSENSUS.md 15.2).</summary>
public enum HeightResolutionKind
{
    /// <summary>Every height has its header hash.</summary>
    Resolved = 1,

    /// <summary>The tip is not known: the reference answers nothing.</summary>
    UnknownTip,

    /// <summary>A height lies above the tip: the reference raises an error.</summary>
    HeightAboveTip,
}
