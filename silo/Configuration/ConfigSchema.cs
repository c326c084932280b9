namespace Chia.Silo.Configuration;

/// <summary>Everything that can be configured. Defaults are the reference's where it has the value (ROLES.md 2.1).</summary>
internal static class ConfigSchema
{
    public const string FullNode = "full_node";
    public const string Farmer = "farmer";
    public const string Harvester = "harvester";
    public const string Timelord = "timelord";
    public const string Introducer = "introducer";

    /// <summary>Levels of log lines, from all to almost none.</summary>
    public static string[] LevelNames { get; } = ["trace", "debug", "information", "warning", "error", "none"];

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new("", "network", "testnet", "Network: testnet, or the path of a network file.", ConfigKinds.Text),
        new("", "rpc_host", "127.0.0.1", "IP address that the API listens on; any but loopback wants a token. * for all of them.",
            ConfigKinds.Address),
        new("", "rpc_port", "8555", "Port of the API; 0 takes a free one.", ConfigKinds.Number(0, 65535)),
        new("", "rpc_token_file", "", "File with the API's token, readable by its owner alone; under the root folder unless absolute.",
            ConfigKinds.Text),
        new("", "rpc_token", "", "The token itself: for the environment of a container, where there is no file.", ConfigKinds.Text)
        {
            IsSecret = true,
        },
        new("", "dashboard", "false", "true: Orleans' own page, of grains and calls, at /orleans beside the API. It counts every call.",
            ConfigKinds.OneOf("true", "false")),
        new("", "log_level", "information", "trace, debug, information, warning, error or none. Takes effect at once when it is changed.",
            ConfigKinds.OneOf(LevelNames)),
        new("", "log_levels", "", "Levels of categories, CATEGORY=LEVEL, several separated by commas: Chia.Gateway=debug. As log_level.",
            ConfigKinds.Levels),
        new("", "log_format", "text", "text, or json: an object a line.", ConfigKinds.OneOf("text", "json")),
        new("", "log_file", "", "File for log lines, beside standard error; under the root folder unless absolute.", ConfigKinds.Text),
        new("", "log_file_megabytes", "20", "A log file of this length is followed by another: chia.log, chia_001.log, …",
            ConfigKinds.Number(1, 100_000)),
        new("", "log_files", "5", "Log files kept; the oldest goes.", ConfigKinds.Number(1, 10_000)),

        new(FullNode, "host", "*", "IP address to listen on; * for all of them, IPv4 and IPv6.", ConfigKinds.Address),
        new(FullNode, "port", "", "TCP port; the network's own by default.", Port),
        MaxInbound(FullNode),
        new(FullNode, "connect", "", "Peers that are kept connected: HOST:PORT, several separated by commas.", ConfigKinds.Peers),
        new(FullNode, "introducer_peer", "none", "Where addresses of other full nodes come from.", ConfigKinds.Peer),
        new(FullNode, "introducer_connect_interval", "120", "Seconds between visits to the introducer while peers are missing.",
            ConfigKinds.Number(1, 86400)),
        new(FullNode, "target_peer_count", "10", "Full-node connections aimed at.", ConfigKinds.Number(0, 1000)),
        new(FullNode, "recent_peer_threshold", "6000", "Seconds after which an address is no longer dialled.",
            ConfigKinds.Number(1, int.MaxValue)),
        new(FullNode, "max_headers_to_send", "25", "Headers per answer.", ConfigKinds.Number(1, 256)),
        new(FullNode, "max_blocks_to_send", "5", "Blocks per answer.", ConfigKinds.Number(1, 256)),
        new(FullNode, "sync_blocks_behind_threshold", "20", "Blocks behind from which a full sync is started.",
            ConfigKinds.Number(1, 1000)),

        new(Farmer, "host", "*", "IP address to listen on; * for all of them, IPv4 and IPv6.", ConfigKinds.Address),
        new(Farmer, "port", "", "TCP port; the network's own by default.", Port),
        MaxInbound(Farmer),
        AcceptFrom(Farmer),
        new(Farmer, "full_node_peer", "127.0.0.1",
            "Full nodes to farm for: HOST:PORT, several separated by commas; a host alone takes the network's port.", PeersOrHosts),
        new(Farmer, "harvester_peer", "none", "Harvesters to dial; they dial the farmer themselves, so usually none.", PeersOrHosts),
        new(Farmer, "pool_share_threshold", "12000", "Seconds; a proof expected to need less is signed for the pool.",
            ConfigKinds.Number(0, int.MaxValue)),
        new(Farmer, "propagate_threshold", "10000", "Seconds; a proof expected to need less becomes a block.",
            ConfigKinds.Number(0, int.MaxValue)),

        new(Harvester, "host", "*", "IP address to listen on; * for all of them, IPv4 and IPv6.", ConfigKinds.Address),
        new(Harvester, "port", "", "TCP port; the network's own by default.", Port),
        MaxInbound(Harvester),
        AcceptFrom(Harvester),
        new(Harvester, "farmer_peer", "127.0.0.1", "The farmer.", PeersOrHosts),
        new(Harvester, "plot_root", "", "Folder of the plots; 'plots' under the root folder by default.", ConfigKinds.Text),

        new(Timelord, "host", "*", "IP address to listen on; * for all of them, IPv4 and IPv6.", ConfigKinds.Address),
        new(Timelord, "port", "", "TCP port; the network's own by default.", Port),
        MaxInbound(Timelord),
        AcceptFrom(Timelord),
        new(Timelord, "full_node_peer", "127.0.0.1", "Full nodes to make proofs of time for.", PeersOrHosts),
        new(Timelord, "n_wesolowski", "2", "Witness type of the proofs of time, 0 to 3.", ConfigKinds.Number(0, 3)),
        new(Timelord, "slots", "0", "Challenges evaluated at once; 0 for one core less than there are.", ConfigKinds.Number(0, 256)),
        new(Timelord, "head_start_iterations", "10000000",
            "Most squarings in a free slot for a challenge before any iterations are known for it.", ConfigKinds.Number(0, 300_000_000)),

        new(Introducer, "host", "*", "IP address to listen on; * for all of them, IPv4 and IPv6.", ConfigKinds.Address),
        new(Introducer, "port", "", "TCP port; the network's own by default.", Port),
        MaxInbound(Introducer),
        new(Introducer, "max_peers_to_send", "20", "Addresses per answer.", ConfigKinds.Number(1, 1000)),
        new(Introducer, "recent_peer_threshold", "6000", "Seconds after which an address is no longer handed out.",
            ConfigKinds.Number(1, int.MaxValue)),
    ];

    private static ConfigKey AcceptFrom(string section) =>
        new(section, "accept_from", "", "Who may connect beside the configured peers and this machine: addresses, or any.",
            ConfigKinds.Access);

    public static ConfigKey? Find(string path) => All.FirstOrDefault(key => key.Path == path);

    /// <summary>Names of the sections.</summary>
    public static IEnumerable<string> Sections => All.Select(key => key.Section).Where(section => section.Length > 0).Distinct();

    /// <summary>What may stand in a section, as <see cref="ConfigKey.Path"/>; sections too at the top level.</summary>
    public static IEnumerable<string> NamesIn(string section) =>
        All.Where(key => key.Section == section).Select(key => key.Path).Concat(section.Length == 0 ? Sections : []);

    private static ConfigKey MaxInbound(string role) =>
        new(role, "max_inbound", "200", "Connections that others may open, and as many again from this machine.",
            ConfigKinds.Number(1, 100_000));

    private static string? Port(string text) => text.Length == 0 ? null : ConfigKinds.Number(0, 65535)(text);

    private static string? PeersOrHosts(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries)
            .All(part => ConfigKinds.Peer(part) is null || Uri.CheckHostName(part) != UriHostNameType.Unknown)
            ? null
            : "HOST or HOST:PORT, several separated by commas, or none";
}

/// <summary>One value that can be configured: in config.yaml, by an environment variable, on the command line.</summary>
/// <param name="Section">Role, or empty for the top level.</param>
/// <param name="Name">Name in the section.</param>
/// <param name="Default">Value if nobody says otherwise; empty for none.</param>
/// <param name="Description">What it means, with its unit; written into config.yaml.</param>
/// <param name="Expect">Null if a text is a value of this kind, else what was expected.</param>
internal sealed record ConfigKey(string Section, string Name, string Default, string Description, Func<string, string?> Expect)
{
    /// <summary>It is not repeated: not in messages, not when the configuration is shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>section.name, as <c>--set</c> takes it.</summary>
    public string Path => Section.Length == 0 ? Name : $"{Section}.{Name}";

    /// <summary>section:name, as Microsoft.Extensions.Configuration has it.</summary>
    public string Entry => Path.Replace('.', ':');

    /// <summary>CHIA_SECTION_NAME.</summary>
    public string Variable => $"CHIA_{Path.Replace('.', '_').ToUpperInvariant()}";

    /// <summary>The value, once it is known to be one.</summary>
    /// <exception cref="UserException">It is none; the message begins with where it stands.</exception>
    public string Check(string value, string source) => Expect(value) is { } expected
        ? throw new UserException($"{source}: {Path} must be {expected}{(IsSecret ? "" : $", not '{value}'")}")
        : value;
}
