using System.Net;
using Chia.Grains.Farmer;
using Chia.Grains.FullNode;
using Chia.Grains.Harvester;
using Chia.Grains.Introducer;
using Chia.Grains.Peers;
using Chia.Grains.Timelord;
using Chia.Grains.Work;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Configuration;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Silo.Telemetry;

namespace Chia.Silo.Hosting;

/// <summary>From the configuration to what a node is made of, with ROLES.md's wiring: roles of one process find each other, others dial
/// the defaults.</summary>
internal static class NodeSettingsFactory
{
    /// <param name="roles">What the process is to be.</param>
    /// <param name="configuration">What was said of it.</param>
    /// <param name="network">Its network.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="instance">Which of several on one machine.</param>
    /// <param name="mayLackPlots">A harvester begins without plots: they come to it while it runs.</param>
    /// <exception cref="UserException">Keys, plots or the token are missing; the message says what to do.</exception>
    public static NodeSettings Create(
        IReadOnlyList<Role> roles, NodeConfiguration configuration, NetworkDefinition network, string root, Instance instance = default,
        bool mayLackPlots = false)
    {
        // On a machine without IPv6 nothing listens on all addresses of both families.
        var wanted = Endpoints.ParseAddress(configuration["rpc_host"]);
        var address = wanted.Equals(IPAddress.IPv6Any) ? IPAddress.Any : wanted;
        return new()
        {
            Network = network,
            Root = root,
            Api = new ApiPort(
                address, instance.Shift(configuration, "rpc_port", (int)configuration.Number("rpc_port")),
                MayMove: !configuration.IsSet("rpc_port")),
            ApiToken = IPAddress.IsLoopback(address) ? "" : ApiToken.Require(configuration, root),
            Log = LogSettings.Of(configuration, root),
            HasDashboard = configuration["dashboard"] == "true",
            IsTraced = NodeTelemetry.HasCollector,
            Roles = [.. roles.Select(role => SettingsOf(role, roles, configuration, network, instance))],
            FullNode = options => Configure(options, configuration),
            Peers = options => Configure(options, configuration),
            Services = services => AddRoles(services, roles, configuration, root, mayLackPlots),
        };
    }

    private static RoleSettings SettingsOf(
        Role role, IReadOnlyList<Role> roles, NodeConfiguration configuration, NetworkDefinition network, Instance instance)
    {
        var section = RoleNames.Of(role);
        var port = configuration[$"{section}.port"];
        var local = new List<Role>();
        var remote = new List<PeerAddress>();
        foreach (var (key, target) in Dials(role))
        {
            if (roles.Contains(target) && !configuration.IsSet(key))
                local.Add(target);
            else
                remote.AddRange(
                    Peers(configuration[key], (ushort)instance.Shift(configuration, key, RoleNames.DefaultPort(network.Ports, target))));
        }

        if (role == Role.FullNode)
            remote.AddRange(Peers(configuration["full_node.connect"], network.Ports.FullNode));
        var own = port.Length == 0 ? RoleNames.DefaultPort(network.Ports, role) : (int)configuration.Number($"{section}.port");
        return new RoleSettings(role, instance.Shift(configuration, $"{section}.port", own))
        {
            Address = Endpoints.ParseAddress(configuration[$"{section}.host"]),
            MaxInbound = (int)configuration.Number($"{section}.max_inbound"),
            Connect = remote,
            ConnectLocal = local,
            Introducer = role == Role.FullNode ? Endpoints.ParseOptional(configuration["full_node.introducer_peer"]) : null,
            IntroducerInterval = TimeSpan.FromSeconds(configuration.Number("full_node.introducer_connect_interval")),
        };
    }

    /// <summary>Who dials whom (ROLES.md 1).</summary>
    private static IEnumerable<(string Key, Role Target)> Dials(Role role) => role switch
    {
        Role.Farmer => [("farmer.full_node_peer", Role.FullNode), ("farmer.harvester_peer", Role.Harvester)],
        Role.Harvester => [("harvester.farmer_peer", Role.Farmer)],
        Role.Timelord => [("timelord.full_node_peer", Role.FullNode)],
        _ => [],
    };

    private static IEnumerable<PeerAddress> Peers(string text, ushort defaultPort)
    {
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "none")
                continue;
            yield return PeerAddress.TryOf(part, defaultPort, out var address) ? address : Endpoints.Parse(part);
        }
    }

    private static void Configure(FullNodeOptions options, NodeConfiguration configuration)
    {
        options.MaxHeadersToSend = (int)configuration.Number("full_node.max_headers_to_send");
        options.MaxBlocksToSend = (int)configuration.Number("full_node.max_blocks_to_send");
        options.SyncBlocksBehindThreshold = (uint)configuration.Number("full_node.sync_blocks_behind_threshold");
    }

    private static void Configure(PeerDirectoryOptions options, NodeConfiguration configuration)
    {
        options.TargetPeerCount = (int)configuration.Number("full_node.target_peer_count");
        options.RecentPeerThreshold = TimeSpan.FromSeconds(configuration.Number("full_node.recent_peer_threshold"));
    }

    private static void AddRoles(
        IServiceCollection services, IReadOnlyList<Role> roles, NodeConfiguration configuration, string root, bool mayLackPlots)
    {
        RoleKeys.Add(services, roles, root, configuration["harvester.plot_root"], mayLackPlots);
        services.Configure<IntroducerOptions>(options =>
        {
            options.MaxPeersToSend = (int)configuration.Number("introducer.max_peers_to_send");
            options.RecentPeerThreshold = TimeSpan.FromSeconds(configuration.Number("introducer.recent_peer_threshold"));
        });
        services.Configure<HarvesterOptions>(options => options.AcceptFrom = Access(configuration, "harvester"));
        services.Configure<TimelordOptions>(options =>
        {
            options.AcceptFrom = Access(configuration, "timelord");
            options.WitnessType = (int)configuration.Number("timelord.n_wesolowski");
            options.Slots = (int)configuration.Number("timelord.slots");
            options.HeadStartIterations = (ulong)configuration.Number("timelord.head_start_iterations");
        });
        services.Configure<FarmerOptions>(options =>
        {
            options.AcceptFrom = Access(configuration, "farmer");
            options.PoolShareThreshold = (uint)configuration.Number("farmer.pool_share_threshold");
            options.PropagateThreshold = (uint)configuration.Number("farmer.propagate_threshold");
        });
    }

    private static PeerAccess Access(NodeConfiguration configuration, string section) =>
        PeerAccess.TryParse(configuration[$"{section}.accept_from"], out var access) ? access : PeerAccess.Configured;
}
