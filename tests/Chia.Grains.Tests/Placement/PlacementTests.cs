using System.Collections.Immutable;
using Chia.Grains.Placement;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Chia.Grains.Tests.Placement;

/// <summary>Which silos may host a grain, and which of them does (CLUSTER 2).</summary>
public sealed class PlacementTests
{
    private static readonly SiloAddress Farm = TestSilos.Silo(1);
    private static readonly SiloAddress Chain = TestSilos.Silo(2);
    private static readonly SiloAddress OtherFarm = TestSilos.Silo(3);
    private static readonly SiloAddress Silent = TestSilos.Silo(4);

    private readonly RoleFilterDirector _director = new(new TestSilos(new()
    {
        [Farm] = SiloRoles.Describe([SiloRole.Farmer], [NodeName.Parse("a")]),
        [Chain] = SiloRoles.Describe([SiloRole.Chain], []),
        [OtherFarm] = SiloRoles.Describe([SiloRole.Farmer, SiloRole.Chain], [NodeName.Parse("b")]),
    }).Roles());

    /// <summary>A silo that has told nothing yet hosts nothing.</summary>
    [Fact]
    public void Only_silos_with_the_role_that_serve_the_node_are_left()
    {
        Assert.Equal([Farm], Left(SiloRole.Farmer, "a"));
        Assert.Equal([OtherFarm], Left(SiloRole.Farmer, "b/FullNode"));
        Assert.Equal([Chain, OtherFarm], Left(SiloRole.Chain, "b"));
        Assert.Equal([Chain], Left(SiloRole.Chain, "a"));
        Assert.Empty(Left(SiloRole.Harvester, "a"));
    }

    [Fact]
    public void A_grain_that_does_not_say_which_role_it_needs_is_an_error()
    {
        var nothing = new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));
        Assert.Throws<InvalidOperationException>(() => new RoleFilter().AdditionalInitialize(nothing));
    }

    [Fact]
    public void Nodes_are_spread_over_the_silos_and_only_those_of_a_silo_that_goes_are_moved()
    {
        SiloAddress[] silos = [.. Enumerable.Range(1, 4).Select(TestSilos.Silo)];
        NodeName[] nodes = [.. Enumerable.Range(0, 400).Select(i => NodeName.Parse($"node-{i}"))];
        var before = nodes.ToDictionary(node => node, node => NodePlacementDirector.Best(node, silos));
        Assert.All(silos, silo => Assert.InRange(before.Values.Count(silo.Equals), 60, 140));

        var after = nodes.ToDictionary(node => node, node => NodePlacementDirector.Best(node, silos.Reverse().Skip(1)));
        Assert.All(nodes.Where(node => !before[node].Equals(silos[^1])), node => Assert.Equal(before[node], after[node]));
    }

    private IEnumerable<SiloAddress> Left(SiloRole role, string key)
    {
        var grain = GrainId.Create(GrainType.Create("farmer"), IdSpan.Create(key));
        var target = new PlacementTarget(grain, [], default, 0);
        return _director.Filter(new RoleFilter(role), target, [Farm, Chain, OtherFarm, Silent]);
    }
}
