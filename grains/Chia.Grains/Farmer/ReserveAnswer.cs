namespace Chia.Grains.Farmer;

/// <summary>An answer that was not followed up because a better one was.</summary>
/// <param name="Iterations">Iterations that it needs.</param>
/// <param name="Harvester">Connection of the harvester that gave it.</param>
internal readonly record struct ReserveAnswer(ulong Iterations, string Harvester);
