using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// What a callback interface extends. An object that implements it becomes callable through
/// <see cref="IGrainFactory.CreateObjectReference{TGrainObserverInterface}"/>.
/// </summary>
public interface IGrainObserver : IAddressable;
