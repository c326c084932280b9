namespace Orleans.Runtime;

/// <summary>Whatever can be called through a reference: grains and callback objects.</summary>
public interface IAddressable;
