namespace Chia.Embedded;

/// <summary>Names a record of a grain in a store.</summary>
/// <param name="GrainType">The class, as Orleans names it: in lower case, without "grain" at its end.</param>
/// <param name="GrainKey">The key of the grain; integers in upper-case hexadecimal.</param>
/// <param name="StateName">The name of the state in the class.</param>
public readonly record struct GrainStateKey(string GrainType, string GrainKey, string StateName);
