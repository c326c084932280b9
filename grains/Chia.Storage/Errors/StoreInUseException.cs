namespace Chia.Storage.Errors;

/// <summary>Another writer holds the store. Readers are always admitted.</summary>
public sealed class StoreInUseException : StoreException
{
    /// <summary>Names the store and, where it is known, the writer's process.</summary>
    public StoreInUseException(string location, int? owner = null, Exception? cause = null)
        : base($"the store {location} is in use by another node{(owner is { } pid ? $" (process {pid})" : "")}: stop it first, or choose another root folder", cause) =>
        Owner = owner;

    /// <summary>Process id of the writer; null where it is not known.</summary>
    public int? Owner { get; }
}
