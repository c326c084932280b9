using Chia.Gateway.Configuration;

namespace Chia.Gateway.Tests.Configuration;

public sealed class DescriptorLimitTests
{
    [Fact]
    public void One_kind_of_places_and_all_handshakes_are_needed()
    {
        var limits = new GatewayLimits { MaxInbound = 100, MaxHandshaking = 10 };
        Assert.Equal(200 + 120, DescriptorLimit.Needed([limits]));
        Assert.Equal(200 + 240, DescriptorLimit.Needed([limits, limits]));
    }

    [Fact]
    public void Places_of_both_kinds_are_shared_out_where_descriptors_are_few()
    {
        var (large, small) = (new GatewayLimits { MaxInbound = 300, MaxHandshaking = 10 }, new GatewayLimits { MaxInbound = 100 });
        small = small with { MaxHandshaking = 10 };
        Assert.Equal(int.MaxValue, DescriptorLimit.Share(large, [large, small], given: null));
        Assert.Equal(int.MaxValue, DescriptorLimit.Share(large, [large, small], given: 200 + 40 + 800));
        Assert.Equal(300, DescriptorLimit.Share(large, [large, small], given: 200 + 40 + 400));
        Assert.Equal(100, DescriptorLimit.Share(small, [large, small], given: 200 + 40 + 400));
        Assert.Equal(0, DescriptorLimit.Share(large, [large, small], given: 100));
    }

    [Fact]
    public void The_problem_names_both_numbers_and_the_way_out()
    {
        Assert.Null(DescriptorLimit.Problem(1000, 1000));
        Assert.Null(DescriptorLimit.Problem(1000, null));
        var problem = DescriptorLimit.Problem(1001, 1000);
        Assert.Contains("1001", problem);
        Assert.Contains("1000", problem);
        Assert.Contains("max_inbound", problem);
    }

    [Fact]
    public void The_soft_limit_is_read()
    {
        Assert.Equal(
            1024, DescriptorLimit.Read(
            ["Limit   Soft Limit  Hard Limit  Units", "Max open files            1024                 4096                 files"]));
        Assert.Null(DescriptorLimit.Read(["Max open files            unlimited            unlimited            files"]));
        Assert.Null(DescriptorLimit.Read([]));
    }
}
