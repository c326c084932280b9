namespace Chia.Consensus.Validation;

/// <summary>Where the time of a validation goes.</summary>
public enum ValidationStage
{
    /// <summary>Making the discriminant of a proof of time from its challenge.</summary>
    Discriminant,

    /// <summary>The rest of verifying a proof of time.</summary>
    ProofOfTime,

    /// <summary>Verifying a proof of space.</summary>
    ProofOfSpace,

    /// <summary>Decoding keys and signatures, verifying signatures.</summary>
    Signatures,
}
