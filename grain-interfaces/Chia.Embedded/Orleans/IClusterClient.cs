namespace Orleans;

/// <summary>The grains as seen from outside of them: from a gateway, the command line, a test.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the process.</summary>
    IServiceProvider ServiceProvider { get; }
}
