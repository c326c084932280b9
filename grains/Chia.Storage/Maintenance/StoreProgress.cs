namespace Chia.Storage.Maintenance;

/// <summary>How far maintenance of a store is.</summary>
/// <param name="Done">Blocks read, or copied; pages where a whole file is copied.</param>
/// <param name="Total">Of so many.</param>
public readonly record struct StoreProgress(int Done, int Total);
