namespace Chia.Protocol.Outcomes;

/// <summary>Whether a request for blocks or headers by height can be answered (CONSENSUS.md 15.2).</summary>
public enum RangeOutcome
{
    /// <summary>Every height has its block.</summary>
    Found,

    /// <summary>The tip is not known: the reference answers nothing.</summary>
    UnknownTip,

    /// <summary>A height lies above the tip: the asker's fault; the reference raises an error.</summary>
    AboveTip,
}
