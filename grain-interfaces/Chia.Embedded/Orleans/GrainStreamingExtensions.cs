using Chia.Embedded.Streams;
using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for grains.</summary>
public static class GrainStreamingExtensions
{
    /// <summary>Finds a stream provider by its name.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="name">The name that the host gave it.</param>
    /// <returns>The provider.</returns>
    /// <exception cref="KeyNotFoundException">The host has no provider of that name.</exception>
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) =>
        GetStreamProvider((IGrainBase)grain, name);

    /// <inheritdoc cref="GetStreamProvider(Grain, string)"/>
    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return StreamTable.FindProvider(grain.GrainContext.ActivationServices, name);
    }
}
