namespace Chia.GrainInterfaces.Chain;

/// <summary>Up to where a list of header hashes agrees with our chain.</summary>
/// <param name="Height">Last height of agreement; −1 if not even genesis agrees.</param>
[GenerateSerializer, Immutable, Alias("chia.ForkPoint")]
public sealed record ForkPoint(long Height);
