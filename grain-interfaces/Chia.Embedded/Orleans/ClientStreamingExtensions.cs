using Chia.Embedded.Streams;
using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for code outside of grains.</summary>
public static class ClientStreamingExtensions
{
    /// <summary>Finds a stream provider by its name.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">The name that the host gave it.</param>
    /// <returns>The provider.</returns>
    /// <exception cref="KeyNotFoundException">The host has no provider of that name.</exception>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        return StreamTable.FindProvider(client.ServiceProvider, name);
    }
}
