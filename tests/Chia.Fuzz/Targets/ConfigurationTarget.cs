using System.Text;
using Chia.Fuzz.Driver;
using Chia.Grains.FullNode;
using Chia.Grains.Peers;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo;
using Chia.Silo.Configuration;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Views;

namespace Chia.Fuzz.Targets;

/// <summary>config.yaml: what is read makes settings for every role, the rest is refused in one line.</summary>
internal sealed class ConfigurationTarget() : FuzzTarget("configurations")
{
    /// <summary>Nothing lies there.</summary>
    private const string Root = "/nonexistent";

    private static readonly Role[] Roles = [.. RoleNames.All.Select(RoleNames.Parse)];

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Encoding.UTF8.GetBytes(ConfigWriter.Write(Testnet.Id)),
        """
        network: testnet
        rpc_port: 8555
        full_node:
          host: "::1"
          port: 8444
          connect: [a.example:8444, "[2001:db8::1]:8444", 127.0.0.1:1]
          introducer_peer: none
        farmer: {accept_from: "10.0.0.1, any", full_node_peer: "127.0.0.1, b.example:9"}
        harvester: {plot_root: /plots}
        timelord: {slots: 256, n_wesolowski: 3}

        """u8.ToArray(),
    ];

    public override int ShortRun => 4_000;

    /// <summary>A parser of documents, with a node a value.</summary>
    public override long AllocationFactor => 4096;

    public override long AllocationBase => 1024 * 1024;

    public override void Run(byte[] input)
    {
        try
        {
            var configuration = new NodeConfiguration();
            foreach (var (entry, value) in FileSettings.Parse(Encoding.UTF8.GetString(input), "config.yaml"))
                configuration.SetOption($"{entry.Replace(':', '.')}={value}");
            var settings = NodeSettingsFactory.Create(Roles, configuration, Testnet.Definition, Root);
            settings.FullNode(new FullNodeOptions());
            settings.Peers(new PeerDirectoryOptions());
            Promise.That(settings.Roles.Count == Roles.Length, "every role has its settings");
        }
        catch (UserException refusal)
        {
            Promise.That(!Printable.Escape(refusal.Message).Any(char.IsControl), "a refusal is one line, once it is printed");
        }
    }
}
