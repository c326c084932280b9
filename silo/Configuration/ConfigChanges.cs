namespace Chia.Silo.Configuration;

/// <summary>What a key of an older file, or of the reference's, has become.</summary>
/// <param name="Path">section.name as it was; a section alone stands for all of it.</param>
/// <param name="NewPath">What it is called now; null if it has no meaning any more.</param>
/// <param name="Why">Why it is gone, or what is different.</param>
internal sealed record ConfigChange(string Path, string? NewPath, string Why)
{
    /// <summary>A value that stood for the default then, and is to be what <see cref="NewValue"/> says.</summary>
    public string? OldValue { get; init; }

    /// <summary>The default of today.</summary>
    public string? NewValue { get; init; }

    /// <summary>For people.</summary>
    public string Describe() => NewPath is null ? $"no longer used: {Why}"
        : NewPath == Path ? $"{OldValue ?? "it"} is now {NewValue}: {Why}"
        : $"now '{NewPath}': {Why}";
}

/// <summary>Keys and defaults that were others once, here and in the reference's config.yaml (ROLES.md 2.1).</summary>
internal static class ConfigChanges
{
    private const string OneValue = "a peer is one value, HOST:PORT";

    private static readonly string[] Listening =
        [ConfigSchema.FullNode, ConfigSchema.Farmer, ConfigSchema.Harvester, ConfigSchema.Timelord, ConfigSchema.Introducer];

    public static IReadOnlyList<ConfigChange> All { get; } =
    [
        new("network_id", "network", "a network is named, or its file"),
        new("rpc_port", "rpc_port", "the API has a port that commands find by themselves") { OldValue = "0", NewValue = "8555" },
        .. Listening.Select(role => new ConfigChange($"{role}.host", $"{role}.host", "IPv6 is listened on as well")
        {
            OldValue = "0.0.0.0",
            NewValue = "*",
        }),
        Peer("harvester.farmer_peer"), Peer("farmer.full_node_peer"), Peer("farmer.harvester_peer"), Peer("timelord.full_node_peer"),
        Peer("full_node.introducer_peer"),
        new("full_node.farmer_peer", null, "the farmer dials the full node"),
        new("full_node.timelord_peer", null, "the timelord dials the full node"),
        new("full_node.enable_upnp", null, "no router is reconfigured"),
        new("full_node.num_sync_batches", null, "a sync has as much under way as its peers can answer"),
        new("full_node.ssh_filename", null, "there is no console; the API and the page are on rpc_port"),
        new("timelord.vdf_server_ips", null, "the timelord squares itself, in 'slots'"),
        new("timelord.vdf_server_ports", null, "the timelord squares itself, in 'slots'"),
        new("timelord.servers_ips_estimate", null, "the speed is measured"),
    ];

    /// <summary>What became of a key; null if nothing did.</summary>
    public static ConfigChange? Find(string path) => All.FirstOrDefault(change => change.Path == path);

    /// <summary>The reference writes a mapping of host and port.</summary>
    private static ConfigChange Peer(string path) => new(path, path, OneValue) { NewValue = "HOST:PORT" };
}
