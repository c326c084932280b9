using Chia.Protocol.Networks;
using Chia.Silo.Networks;
using Chia.Testing;

namespace Chia.Silo.Tests.Networks;

/// <summary>Why the nodes of two networks do not understand each other.</summary>
public sealed class NetworkDifferenceTests
{
    private static readonly NetworkDefinition Network = TestNetworks.Of("small40");

    [Fact]
    public void A_network_does_not_differ_from_itself() => Assert.Empty(NetworkDifference.Between(Network, Network with { }));

    [Fact]
    public void Each_difference_is_one_line_with_both_values()
    {
        var other = Network with
        {
            NetworkId = "other",
            AcceptAnyNetworkId = !Network.AcceptAnyNetworkId,
            Constants = Network.Constants with { DifficultyEpoch = Network.Constants.DifficultyEpoch + 1 },
            Ports = Network.Ports with { FullNode = 1 },
            GenesisBytes = Testnet.Definition.GenesisBytes,
        };
        var lines = NetworkDifference.Between(Network, other);
        Assert.Equal(
            ["network_id", "accept_any_network_id", "constants", "ports", "genesis_block"], lines.Select(line => line.Split(':', '.')[0]));
        Assert.Equal($"network_id: {Network.NetworkId} | other", lines[0]);
        var epoch = Network.Constants.DifficultyEpoch;
        Assert.EndsWith($": {epoch} | {epoch + 1}", lines[2], StringComparison.Ordinal);
    }

    /// <summary>Whatever constant a network may set, a difference of it is told.</summary>
    [Fact]
    public void Every_constant_is_compared()
    {
        foreach (var property in typeof(ConsensusConstants).GetProperties().Where(p => p.CanWrite && p.PropertyType.IsPrimitive))
        {
            var other = Network.Constants with { };
            property.SetValue(other, Convert.ChangeType(99, property.PropertyType));
            Assert.Single(NetworkDifference.Between(Network, Network with { Constants = other }));
        }
    }
}
