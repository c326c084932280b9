using Chia.Grains.Placement;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Protocol.Primitives;
using Orleans.Runtime;

namespace Chia.Grains.Tests.Validation;

/// <summary>Which silo checks: one that has the role, and of those the one with the fewest checks open (CLUSTER 2).</summary>
public sealed class ValidatorLoadTests
{
    private static readonly SiloAddress Here = TestSilos.Silo(1);
    private static readonly SiloAddress Other = TestSilos.Silo(2);
    private static readonly SiloAddress Chain = TestSilos.Silo(3);
    private static readonly SiloAddress Silent = TestSilos.Silo(4);

    private readonly Dictionary<SiloAddress, Dictionary<string, string>> _told = new()
    {
        [Here] = SiloRoles.Describe([SiloRole.Validator, SiloRole.Farmer], [NodeName.Parse("a")]),
        [Other] = SiloRoles.Describe([SiloRole.Validator], []),
        [Chain] = SiloRoles.Describe([SiloRole.Chain], []),
    };

    private readonly TestSilos _silos;

    public ValidatorLoadTests()
    {
        _silos = new TestSilos(_told);
        _silos.Active.Add(Silent);
    }

    [Fact]
    public void Silos_without_the_role_and_those_that_have_told_nothing_yet_check_nothing() =>
        Assert.Equal([Here, Other], Load().Validators().OrderBy(silo => silo.Endpoint.Port));

    [Fact]
    public void A_batch_goes_to_whom_has_the_fewest_open_until_it_is_done()
    {
        var load = Load();
        var first = load.Take(10, Nobody);
        var second = load.Take(5, Nobody);
        Assert.NotEqual(first.Silo, second.Silo);
        Assert.Equal(second.Silo, load.Take(1, Nobody).Silo);
        first.Dispose();
        Assert.Equal(first.Silo, load.Take(1, Nobody).Silo);
    }

    [Fact]
    public void Where_a_silo_is_gone_another_checks_and_without_any_it_is_said()
    {
        var load = Load();
        Assert.Equal(Other, load.Take(1, new HashSet<SiloAddress> { Here }).Silo);
        Assert.Throws<NoValidatorException>(() => load.Take(1, new HashSet<SiloAddress> { Here, Other }));
        _silos.Active.Clear();
        _told[Here] = SiloRoles.Describe([SiloRole.Farmer], []);
        Assert.Throws<NoValidatorException>(() => Load().Take(1, Nobody));
    }

    [Fact]
    public void Farmers_and_harvesters_live_where_their_node_is_served()
    {
        var roles = Roles();
        Assert.True(roles.Serves(Here, NodeName.Parse("a")));
        Assert.False(roles.Serves(Here, NodeName.Parse("b")));
        Assert.True(roles.Serves(Other, NodeName.Parse("b")));
        Assert.False(roles.Serves(Silent, NodeName.Parse("a")));
        Assert.True(roles.Has(Here, SiloRole.Farmer));
        Assert.False(roles.Has(Other, SiloRole.Farmer));
    }

    private static IReadOnlySet<SiloAddress> Nobody { get; } = new HashSet<SiloAddress>();

    private SiloRoles Roles() => _silos.Roles();

    private ValidatorLoad Load() => _silos.Load();
}
