namespace Chia.GrainInterfaces.Roles;

/// <summary>What a timelord does with a challenge.</summary>
public enum TimelordChallengeState
{
    /// <summary>Nothing is to be proven at present.</summary>
    Idle,

    /// <summary>It waits for a slot.</summary>
    Waiting,

    /// <summary>It is evaluated.</summary>
    Running,

    /// <summary>Its evaluation is being ended.</summary>
    Stopping,

    /// <summary>Enough proofs were made at its weight or above.</summary>
    Settled,

    /// <summary>Its evaluation failed too often.</summary>
    GivenUp,

    /// <summary>Nothing is to be proven yet; it is squared ahead in a slot that nobody else needs.</summary>
    Ahead,
}
