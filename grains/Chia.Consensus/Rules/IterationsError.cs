namespace Chia.Consensus.Rules;

/// <summary>Why a proof of space asks for no valid number of iterations (CONSENSUS.md 7.2).</summary>
public enum IterationsError
{
    /// <summary>The number is valid.</summary>
    None,

    /// <summary>k = 0: a division by zero.</summary>
    PlotSizeZero,

    /// <summary>The number would be 0.</summary>
    TooFew,

    /// <summary>The number would not fit 64 bits.</summary>
    Overflow,
}
