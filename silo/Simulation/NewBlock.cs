using Chia.Protocol.Primitives;

namespace Chia.Silo.Simulation;

/// <summary>One of the newest blocks.</summary>
/// <param name="Height">Height.</param>
/// <param name="Hash">Block id.</param>
/// <param name="Difficulty">Its difficulty.</param>
/// <param name="Iterations">Iterations of its proof of time.</param>
/// <param name="Time">Its timestamp.</param>
/// <param name="Winner">The plot that won it.</param>
internal sealed record NewBlock(uint Height, Bytes32 Hash, ulong Difficulty, ulong Iterations, DateTimeOffset Time, string Winner);
