namespace Chia.Storage.Maintenance;

/// <summary>How far a verification is.</summary>
/// <param name="Done">Blocks examined.</param>
/// <param name="Total">Blocks to examine.</param>
public readonly record struct VerifyProgress(int Done, int Total);
