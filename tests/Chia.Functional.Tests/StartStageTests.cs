using System.Net;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Primitives;
using Chia.Silo;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Chia.Functional.Tests;

/// <summary>A start that fails at any stage is told once, to whoever wanted it, and leaves nothing behind.</summary>
public class StartStageTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Theory]
    [InlineData(ServiceLifecycleStage.RuntimeStorageServices - 1)]
    [InlineData(ServiceLifecycleStage.RuntimeStorageServices + 1)]
    [InlineData(ServiceLifecycleStage.Active + 1)]
    [InlineData(ServiceLifecycleStage.Active + 2)]
    public async Task A_stage_that_fails_ends_those_before_it(int stage)
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(10));
        using var log = new TestLog();
        var failing = new FailingStage(stage);
        var error =
            await Assert.ThrowsAsync<UserException>(
            () => NodeHost.Start(Settings(folder.Path, log, failing), TestContext.Current.CancellationToken));
        Assert.Equal("the tenth drive is missing", error.Message);
        Assert.Empty(log.Complaints);
        Assert.True(failing.WasStarted);

        // The store is closed, nobody listens, and the next start finds all as it was.
        await using var node = await NodeHost.Start(Settings(folder.Path, log, null), TestContext.Current.CancellationToken);
        Assert.Equal(9u, (await node.Chain.GetSnapshot()).Heaviest.Height);
        Assert.Empty(log.Complaints);
    }

    private static NodeSettings Settings(string root, TestLog log, FailingStage? failing) => new()
    {
        Network = Chain.Network,
        Root = root,
        Roles = [new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback }],
        Logging = logging => logging.AddProvider(log),
        Services = services =>
        {
            if (failing is not null)
                services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(failing);
        },
    };

    private sealed class FailingStage(int stage) : ILifecycleParticipant<ISiloLifecycle>
    {
        public bool WasStarted { get; private set; }

        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe("failing", stage, Start);

        private Task Start(CancellationToken cancellation)
        {
            WasStarted = true;
            throw new UserException("the tenth drive is missing");
        }
    }
}
