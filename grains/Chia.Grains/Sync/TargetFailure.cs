namespace Chia.Grains.Sync;

/// <summary>Why a target was dropped.</summary>
internal enum TargetFailure
{
    /// <summary>The announced copy failed the context-free check.</summary>
    InvalidTip,

    /// <summary>Every peer that backed it backed a false chain.</summary>
    FalseChain,

    /// <summary>Its chain breaks a rule.</summary>
    InvalidChain,

    /// <summary>Its verified weight is not above ours.</summary>
    NotHeavier,

    /// <summary>Nobody answered for it, or nobody correctly.</summary>
    Unanswered,

    /// <summary>Its headers only trickle in while another target waits; set aside for a while.</summary>
    TooSlow,

    /// <summary>A fault of ours (<see cref="FailureScope.Local"/>).</summary>
    Local,
}
