using System.Globalization;
using System.Text.RegularExpressions;
using Chia.Protocol.Networks;
using Chia.Silo.Configuration;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Silo.Tests.Documents;

/// <summary>Constants and defaults of the reference, as the documents have them, are ours.</summary>
public sealed partial class DocumentedDefaultTests
{
    /// <summary>The row of each role's own address.</summary>
    private const string Listening = "host, port";

    /// <summary>CONSENSUS.md 5.</summary>
    [Fact]
    public void The_testnets_constants_are_those_of_the_table()
    {
        var documented = Rows("CONSENSUS.md", "## 5. Constants", "## 6. ")
            .Select(cells => (Name: cells[1].Split(' ')[0].ToLowerInvariant(), Value: cells[2]))
            .Where(row => ulong.TryParse(row.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(row => row.Name, row => ulong.Parse(row.Value, CultureInfo.InvariantCulture));

        Assert.Equal(15, documented.Count);
        Assert.Equal(
            documented.OrderBy(row => row.Key, StringComparer.Ordinal),
            ConstantFields.All.Where(field => documented.ContainsKey(field.Name))
                .ToDictionary(field => field.Name, field => field.Get(Testnet.Definition.Constants))
                .OrderBy(row => row.Key, StringComparer.Ordinal));
    }

    /// <summary>ROLES.md 2.1: a key that the reference has too keeps its default.</summary>
    [Fact]
    public void Keys_of_the_references_configuration_keep_their_defaults()
    {
        var documented = Defaults().ToDictionary();
        var shared = ConfigSchema.All.Where(key => documented.ContainsKey(key.Path)).ToList();

        Assert.Equal(
            [
                "farmer.pool_share_threshold", "farmer.propagate_threshold", "full_node.introducer_connect_interval",
                "full_node.max_blocks_to_send", "full_node.max_headers_to_send", "full_node.recent_peer_threshold",
                "full_node.sync_blocks_behind_threshold", "full_node.target_peer_count", "introducer.max_peers_to_send",
                "introducer.recent_peer_threshold", "timelord.n_wesolowski",
            ],
            shared.Select(key => key.Path).Order());
        Assert.All(shared, key => Assert.Equal(documented[key.Path], key.Default));
    }

    /// <summary>ROLES.md 2.1.</summary>
    [Fact]
    public void Default_ports_are_the_references()
    {
        var ports = Defaults(Listening).ToDictionary();

        Assert.Equal(RoleNames.All.Order(), ports.Keys.Order());
        Assert.All(
            ports,
            row => Assert.Equal(
                ushort.Parse(row.Value, CultureInfo.InvariantCulture),
                RoleNames.DefaultPort(Testnet.Definition.Ports, RoleNames.Parse(row.Key))));
    }

    /// <summary>Numbers of ROLES.md 2.1 by section and key; or by section the last value of the rows with a certain first cell.</summary>
    private static IEnumerable<(string Key, string Value)> Defaults(string? only = null)
    {
        var section = "";
        foreach (var cells in Rows("ROLES.md", "### 2.1 `config.yaml`", "### 2.2 "))
        {
            section = cells[1].Length > 0 ? cells[1] : section;
            var (keys, values) = (cells[2].Split(", "), cells[3].Split(", "));
            if (cells[2] == only)
                yield return (section, values[^1]);
            if (only is not null || cells[2] == Listening || keys.Length != values.Length)
                continue;
            foreach (var (key, value) in keys.Zip(values).Where(pair => Number().IsMatch(pair.Second)))
                yield return ($"{section}.{key}", value);
        }
    }

    private static IEnumerable<string[]> Rows(string document, string from, string to) =>
        DocumentTables.Rows(DocumentTables.Part(document, from, to));

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Number();
}
