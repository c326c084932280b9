using System.Text;
using Chia.Protocol.Networks;

namespace Chia.Silo.Networks;

/// <summary>Writes a network as the YAML that <see cref="NetworkFile"/> reads, with comments.</summary>
internal static class NetworkWriter
{
    public static string Write(NetworkDefinition network)
    {
        var text = new StringBuilder();
        text.AppendLine("# A network: its id, rules, first block and default ports.");
        text.AppendLine($"network_id: {Quote(network.NetworkId)}");
        text.AppendLine("# true: peers that announce another network id are accepted, as the reference does");
        text.AppendLine($"accept_any_network_id: {(network.AcceptAnyNetworkId ? "true" : "false")}");
        text.AppendLine("constants:");
        foreach (var field in ConstantFields.All)
            text.AppendLine($"  {field.Name}: {field.Get(network.Constants)}  # {field.Meaning}");
        var output = ConstantFields.ChallengeOutputs.First(word => word.Value == network.Constants.ChallengeOutput).Key;
        text.AppendLine(
            $"  {ConstantFields.ChallengeOutput}: {output}  # whole_proof_allowed: for networks made by the reference's test tools");
        text.AppendLine("ports:");
        foreach (var field in PortFields.All)
            text.AppendLine($"  {field.Name}: {field.Get(network.Ports)}");
        text.AppendLine($"genesis_block: {Convert.ToHexStringLower(network.GenesisBytes.Span)}");
        return text.ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>The roles' default ports by their names in files.</summary>
internal static class PortFields
{
    public static readonly IReadOnlyList<Field> All =
    [
        new("full_node", p => p.FullNode, (p, v) => p with { FullNode = v }),
        new("introducer", p => p.Introducer, (p, v) => p with { Introducer = v }),
        new("timelord", p => p.Timelord, (p, v) => p with { Timelord = v }),
        new("farmer", p => p.Farmer, (p, v) => p with { Farmer = v }),
        new("harvester", p => p.Harvester, (p, v) => p with { Harvester = v }),
    ];

    internal sealed record Field(string Name, Func<DefaultPorts, ushort> Get, Func<DefaultPorts, ushort, DefaultPorts> Set);
}
