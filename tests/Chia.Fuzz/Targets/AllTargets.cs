using Chia.Fuzz.Driver;

namespace Chia.Fuzz.Targets;

/// <summary>Every border that reads what others wrote.</summary>
internal static class AllTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Makers = new()
    {
        ["frames"] = () => new FrameTarget(),
        ["messages"] = () => new MessageTarget(),
        ["blocks"] = () => new BlockTarget(),
        ["handshakes"] = () => new HandshakeTarget(),
        ["addresses"] = () => new AddressTarget(),
        ["yaml"] = () => new YamlTarget(),
        ["plots"] = () => new PlotTarget(),
        ["archives"] = () => new ArchiveTarget(),
        ["checkpoints"] = () => new CheckpointTarget(),
        ["json"] = () => new JsonTarget(),
        ["clusters"] = () => new ClusterTarget(),
        ["configurations"] = () => new ConfigurationTarget(),
        ["requests"] = () => new RequestTarget(),
        ["stores"] = () => new StoreTarget(),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>One by name; null if there is none.</summary>
    public static FuzzTarget? Make(string name) => Makers.TryGetValue(name, out var make) ? make() : null;
}
