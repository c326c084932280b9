using System.Globalization;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Farmer;
using Chia.Grains.FullNode;
using Chia.Grains.Harvester;
using Chia.Grains.Introducer;
using Chia.Grains.Peers;
using Chia.Grains.Timelord;
using Chia.Grains.Work;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chia.Silo.Tests.Hosting;

/// <summary>What is configured is what the roles get, and who dials whom (ROLES.md 2.1, 9.1).</summary>
public sealed class NodeSettingsFactoryTests
{
    private const string Root = "/nowhere";

    /// <summary>Tested where they are read: in commands, with tokens' and with plots' files.</summary>
    private static readonly string[] Elsewhere = ["network", "rpc_token", "rpc_token_file", "harvester.plot_root"];

    private static readonly Role[] AllRoles = [Role.FullNode, Role.Farmer, Role.Harvester, Role.Timelord, Role.Introducer];

    /// <summary>A value of each setting, what becomes of it, and what that is then.</summary>
    private static readonly Dictionary<string, (string Value, Func<NodeSettings, object?> Effect, string Expected)> Effects = new()
    {
        ["rpc_host"] = ("127.0.0.2", node => node.Api.Address, "127.0.0.2"),
        ["rpc_port"] = ("9001", node => node.Api.Port, "9001"),
        ["dashboard"] = ("true", node => node.HasDashboard, "True"),
        ["log_level"] = ("warning", node => node.Log.Level, "Warning"),
        ["log_levels"] = ("Chia.Gateway=debug", node => string.Join(';', node.Log.Levels), "[Chia.Gateway, Debug]"),
        ["log_format"] = ("json", node => node.Log.Format, "Json"),
        ["log_file"] = ("/nowhere/x.log", node => node.Log.File, Path.GetFullPath("/nowhere/x.log")),
        ["log_file_megabytes"] = ("7", node => node.Log.FileBytes, "7000000"),
        ["log_files"] = ("3", node => node.Log.Files, "3"),
        ["full_node.connect"] = ("192.0.2.1:1,192.0.2.2:2", Connect(Role.FullNode), "192.0.2.1:1 192.0.2.2:2"),
        ["full_node.introducer_peer"] = ("192.0.2.1:1", node => Of(node, Role.FullNode).Introducer, "192.0.2.1:1"),
        ["full_node.introducer_connect_interval"] = ("77", node => Of(node, Role.FullNode).IntroducerInterval.TotalSeconds, "77"),
        ["full_node.target_peer_count"] = ("4", node => Peers(node).TargetPeerCount, "4"),
        ["full_node.recent_peer_threshold"] = ("66", node => Peers(node).RecentPeerThreshold.TotalSeconds, "66"),
        ["full_node.max_headers_to_send"] = ("7", node => FullNode(node).MaxHeadersToSend, "7"),
        ["full_node.max_blocks_to_send"] = ("3", node => FullNode(node).MaxBlocksToSend, "3"),
        ["full_node.sync_blocks_behind_threshold"] = ("9", node => FullNode(node).SyncBlocksBehindThreshold, "9"),
        ["farmer.full_node_peer"] = ("192.0.2.1:1", Connect(Role.Farmer), "192.0.2.1:1"),
        ["farmer.harvester_peer"] = ("192.0.2.1:1", Connect(Role.Farmer), "127.0.0.1:8444 192.0.2.1:1"),
        ["farmer.pool_share_threshold"] = ("101", node => Options<FarmerOptions>(node).PoolShareThreshold, "101"),
        ["farmer.propagate_threshold"] = ("102", node => Options<FarmerOptions>(node).PropagateThreshold, "102"),
        ["harvester.farmer_peer"] = ("192.0.2.1:1", Connect(Role.Harvester), "192.0.2.1:1"),
        ["timelord.full_node_peer"] = ("192.0.2.1:1", Connect(Role.Timelord), "192.0.2.1:1"),
        ["timelord.n_wesolowski"] = ("1", node => Options<TimelordOptions>(node).WitnessType, "1"),
        ["timelord.slots"] = ("6", node => Options<TimelordOptions>(node).Slots, "6"),
        ["timelord.head_start_iterations"] = ("5", node => Options<TimelordOptions>(node).HeadStartIterations, "5"),
        ["introducer.max_peers_to_send"] = ("8", node => Options<IntroducerOptions>(node).MaxPeersToSend, "8"),
        ["introducer.recent_peer_threshold"] = ("55", node => Options<IntroducerOptions>(node).RecentPeerThreshold.TotalSeconds, "55"),
        ["farmer.accept_from"] = ("192.0.2.1", node => Admits(Options<FarmerOptions>(node).AcceptFrom), "True"),
        ["harvester.accept_from"] = ("192.0.2.1", node => Admits(Options<HarvesterOptions>(node).AcceptFrom), "True"),
        ["timelord.accept_from"] = ("192.0.2.1", node => Admits(Options<TimelordOptions>(node).AcceptFrom), "True"),
    };

    static NodeSettingsFactoryTests()
    {
        foreach (var role in AllRoles)
        {
            var section = RoleNames.Of(role);
            Effects.Add($"{section}.host", ("127.0.0.9", node => Of(node, role).Address, "127.0.0.9"));
            Effects.Add($"{section}.port", ("9100", node => Of(node, role).Port, "9100"));
            Effects.Add($"{section}.max_inbound", ("7", node => Of(node, role).MaxInbound, "7"));
        }
    }

    public static TheoryData<string> Keys => [.. Effects.Keys];

    [Fact]
    public void No_setting_is_left_out() =>
        Assert.Equal(ConfigSchema.All.Select(key => key.Path).Order(), Effects.Keys.Concat(Elsewhere).Order());

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_setting_does_what_it_is_for_and_nothing_else(string key)
    {
        var (value, _, expected) = Effects[key];
        var configuration = new NodeConfiguration();
        var before = All(configuration);
        configuration.SetOption($"{key}={value}");
        var after = All(configuration);

        Assert.Equal(expected, after[key]);
        Assert.NotEqual(expected, before[key]);

        // Two settings name peers that a farmer dials.
        var others = before.Keys.Where(other => other != key && !(Dials(key) && Dials(other)));
        Assert.All(others, other => Assert.Equal(before[other], after[other]));

        static bool Dials(string key) => key is "farmer.full_node_peer" or "farmer.harvester_peer";
    }

    [Theory]
    [InlineData(Role.FullNode, "")]
    [InlineData(Role.Farmer, "127.0.0.1:8444")]
    [InlineData(Role.Harvester, "127.0.0.1:8447")]
    [InlineData(Role.Timelord, "127.0.0.1:8444")]
    [InlineData(Role.Introducer, "")]
    public void A_role_alone_dials_those_it_works_for_on_this_machine(Role role, string dialled)
    {
        var settings = Assert.Single(Create(new NodeConfiguration(), role).Roles);

        Assert.Equal(dialled, string.Join(' ', settings.Connect));
        Assert.Empty(settings.ConnectLocal);
    }

    [Fact]
    public void Roles_of_one_process_find_each_other()
    {
        var node = Create(new NodeConfiguration(), AllRoles);

        Assert.All(node.Roles, role => Assert.Empty(role.Connect));
        Assert.Equal(
            [[], [Role.FullNode, Role.Harvester], [Role.Farmer], [Role.FullNode], []], node.Roles.Select(role => role.ConnectLocal));
    }

    /// <summary>What every setting has led to: each role in a process of its own, but without the files that it would want to
    /// read.</summary>
    private static Dictionary<string, string?> All(NodeConfiguration configuration)
    {
        var services = Create(configuration).Services;
        var alone = AllRoles.ToDictionary(RoleNames.Of, role => Create(configuration, role) with { Services = services });
        return Effects.ToDictionary(
            entry => entry.Key,
            entry => Convert.ToString(
                entry.Value.Effect(alone.GetValueOrDefault(entry.Key.Split('.')[0], alone[ConfigSchema.FullNode])),
                CultureInfo.InvariantCulture));
    }

    private static NodeSettings Create(NodeConfiguration configuration, params Role[] roles) =>
        NodeSettingsFactory.Create(roles, configuration, Testnet.Definition, Root);

    private static RoleSettings Of(NodeSettings node, Role role) => node.Roles.Single(settings => settings.Role == role);

    private static Func<NodeSettings, object?> Connect(Role role) => node => string.Join(' ', Of(node, role).Connect);

    private static FullNodeOptions FullNode(NodeSettings node)
    {
        var options = new FullNodeOptions();
        node.FullNode(options);
        return options;
    }

    private static PeerDirectoryOptions Peers(NodeSettings node)
    {
        var options = new PeerDirectoryOptions();
        node.Peers(options);
        return options;
    }

    private static T Options<T>(NodeSettings node)
        where T : class
    {
        var services = new ServiceCollection();
        node.Services(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<T>>().Value;
    }

    private static bool Admits(PeerAccess access) => access.Admits(new PeerConnection(
        ConnectionId.Parse("peer"), NodeName.Main, Role.Farmer, Role.FullNode, default, default, "192.0.2.1", 1, 1, IsOutbound: false,
        IsConfigured: false, "gateway", TimeSpan.Zero));
}
