namespace Chia.GrainInterfaces.Validation;

/// <summary>How much of a block there is to check.</summary>
public enum CheckKind
{
    /// <summary>A whole block.</summary>
    Full,

    /// <summary>A block without proof of time and challenge.</summary>
    Unfinished,
}
