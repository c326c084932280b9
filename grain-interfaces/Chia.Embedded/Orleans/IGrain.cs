using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain interface extends, through one of the interfaces that say its kind of key.</summary>
public interface IGrain : IAddressable;
