using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A named state of a grain, injected into its constructor and read before <c>OnActivateAsync</c>.</summary>
/// <typeparam name="TState">Type of the state; it needs a constructor without parameters.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;
