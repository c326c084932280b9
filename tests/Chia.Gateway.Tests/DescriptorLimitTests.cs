using Chia.Gateway.Configuration;

namespace Chia.Gateway.Tests;

public sealed class DescriptorLimitTests
{
    [Fact]
    public void Both_kinds_of_places_and_handshakes_count()
    {
        var limits = new GatewayLimits { MaxInbound = 100, MaxHandshaking = 10 };
        Assert.Equal(200 + 220, DescriptorLimit.Needed([limits]));
        Assert.Equal(200 + 440, DescriptorLimit.Needed([limits, limits]));
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
