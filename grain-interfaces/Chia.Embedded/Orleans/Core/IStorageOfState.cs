namespace Orleans.Core;

/// <summary>A record of a grain in a store, and its state in memory.</summary>
/// <typeparam name="TState">Type of the state.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; a new one when the store had no record.</summary>
    TState State { get; set; }
}
