namespace Chia.GrainInterfaces.Chain;

/// <summary>Whether a request by height can be answered.</summary>
public enum RangeOutcome
{
    /// <summary>Yes.</summary>
    Found,

    /// <summary>The tip is unknown: silence.</summary>
    UnknownTip,

    /// <summary>A height lies above the tip: the asker's fault.</summary>
    AboveTip,
}
