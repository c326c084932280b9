using Chia.Protocol.Networks;
using Chia.Silo.Hosting;
using Chia.Silo.Hosting.OneSilo;
using Chia.Silo.Node;
using Chia.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Metadata;

namespace Chia.Silo.Tests.Hosting;

/// <summary>The silo of a node alone.</summary>
public class NodeSiloTests
{
    /// <summary>A machine that slept, or had too much else to do, is no news of a silo that has no others
    /// (OPERATIONS.md 5).</summary>
    [Fact]
    public void How_it_stands_among_others_is_not_told()
    {
        var builder = Alone();
        var watch = Type.GetType("Orleans.Runtime.MembershipService.LocalSiloHealthMonitor, Orleans.Runtime", throwOnError: true)!;
        using var services = builder.Services.BuildServiceProvider();
        var logs = services.GetRequiredService<ILoggerFactory>();

        Assert.False(logs.CreateLogger(watch.FullName!).IsEnabled(LogLevel.Warning));
        Assert.True(logs.CreateLogger("Orleans.Runtime.MembershipService").IsEnabled(LogLevel.Warning));
    }

    /// <summary>Orleans makes grains by compiled expressions unless it finds another way before its own.</summary>
    [Fact]
    public void Grains_are_constructed_without_compiling_anything()
    {
        var first = Alone().Services.First(service => service.ServiceType == typeof(IConfigureGrainTypeComponents));

        Assert.Equal(typeof(GrainConstruction), first.ImplementationType);
    }

    private static WebApplicationBuilder Alone()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddProvider(new TestLog());
        NodeSilo.Add(builder, new NodeSettings { Network = Testnet.Definition, Root = "/nonexistent", Roles = [] });
        return builder;
    }
}
