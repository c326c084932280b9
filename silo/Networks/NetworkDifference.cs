using Chia.Protocol.Networks;

namespace Chia.Silo.Networks;

/// <summary>Where two networks differ: why their nodes do not understand each other.</summary>
internal static class NetworkDifference
{
    /// <summary>One line a difference; none if they are the same.</summary>
    public static IReadOnlyList<string> Between(NetworkDefinition a, NetworkDefinition b)
    {
        var lines = new List<string>();
        void Compare(string name, string left, string right)
        {
            if (left != right)
                lines.Add($"{name}: {left} | {right}");
        }

        Compare("network_id", a.NetworkId, b.NetworkId);
        Compare("accept_any_network_id", Flag(a.AcceptAnyNetworkId), Flag(b.AcceptAnyNetworkId));
        foreach (var field in ConstantFields.All)
            Compare($"constants.{field.Name}", $"{field.Get(a.Constants)}", $"{field.Get(b.Constants)}");
        foreach (var field in PortFields.All)
            Compare($"ports.{field.Name}", $"{field.Get(a.Ports)}", $"{field.Get(b.Ports)}");
        if (!a.GenesisBytes.Span.SequenceEqual(b.GenesisBytes.Span))
            lines.Add($"genesis_block: {a.Genesis().HeaderHash()} | {b.Genesis().HeaderHash()}");
        return lines;
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
