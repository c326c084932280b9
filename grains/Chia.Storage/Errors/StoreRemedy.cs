namespace Chia.Storage.Errors;

/// <summary>What a person does about a store that cannot be mended.</summary>
public static class StoreRemedy
{
    /// <summary>How to get rid of it and begin anew: a file is moved away; what is in a database is left there for who knows it.</summary>
    /// <param name="location">The store's file, or the address of its database.</param>
    public static string StartOver(string location) => location.Contains("://", StringComparison.Ordinal)
        ? "give the node another name or the cluster another block_store, and sync again"
        : "move the file away and sync again";
}
