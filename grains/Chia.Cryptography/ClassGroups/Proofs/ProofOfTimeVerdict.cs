namespace Chia.Cryptography.ClassGroups;

/// <summary>What a proof of time is found to be. Everything but <see cref="Valid"/> means: invalid (VDF.md 7.3, 8).</summary>
public enum ProofOfTimeVerdict
{
    /// <summary>The output is the generator squared as often as claimed.</summary>
    Valid,

    /// <summary>The output is not a reduced form of the challenge's discriminant.</summary>
    BadOutput,

    /// <summary>The witness has not the length of the 2n + 1 elements and n counts that its type n demands.</summary>
    BadWitnessLength,

    /// <summary>An element of the witness is not a reduced form of the challenge's discriminant.</summary>
    BadWitnessElement,

    /// <summary>The segments claim more iterations than there are, or leave fewer than three before an inner level.</summary>
    BadSegmentLength,

    /// <summary>The form is right and the arithmetic is not: some segment's proof does not hold.</summary>
    WrongProof,
}
