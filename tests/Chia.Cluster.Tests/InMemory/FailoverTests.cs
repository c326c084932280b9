using System.Collections.Concurrent;
using System.Globalization;
using Chia.Cluster.Tests.Support;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Errors;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Chia.Cluster.Tests.InMemory;

/// <summary>What was on a silo that dies lives on elsewhere, and nothing of the dead one counts any more (CLUSTER 3).</summary>
public class FailoverTests
{
    private static readonly string[] Alike = ["chain,validator", "chain,validator", "chain,validator"];

    [Fact]
    public async Task The_chain_moves_when_its_silo_dies_and_what_its_old_writer_still_writes_is_refused()
    {
        var refusal = new Refusal();
        await using var cluster = await MemoryCluster.Start(Alike, configure: (_, silo) => silo.AddIncomingGrainCallFilter(refusal));
        await cluster.Accept(1, 5);

        // A silo that ends turns calls away: a question is asked again, and a change is for its caller to judge.
        refusal.Begin();
        Assert.Equal(5u, (await cluster.ChainOf().GetSnapshot()).Heaviest.Height);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.ChainOf().SwitchVariant(null!, []));
        Assert.Equal(["GetSnapshot", "SwitchVariant"], refusal.Refused.Order(StringComparer.Ordinal));
        var store = await cluster.Store();
        var old = await store.GetWriter(TestContext.Current.CancellationToken);
        var dying = (await cluster.WhereIs(cluster.ChainOf()))!;
        await cluster.Kill(dying);
        await Poll.Until(async () =>
        {
            try
            {
                return (await cluster.ChainOf().GetSnapshot()).Heaviest.Height == 5;
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or OperationCanceledException)
            {
                return false;
            }
        });
        Assert.NotEqual(dying, await cluster.WhereIs(cluster.ChainOf()));

        var commit = new ChainCommit { Tips = [cluster.Chain.Main[4].HeaderHash()] };
        await Assert.ThrowsAsync<StaleWriterException>(() => store.Commit(old, commit, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<StaleWriterException>(() => store.ClearSync(old, TestContext.Current.CancellationToken));
        Assert.True((await store.GetWriter(TestContext.Current.CancellationToken)).Epoch > old.Epoch);
        Assert.All((await cluster.Accept(6, 3)).Outcomes, outcome => Assert.True(outcome.IsStored));
    }

    /// <summary>A peer that says nothing would never tell its new grain of itself.</summary>
    [Fact]
    public async Task A_silent_peer_is_reached_after_the_silo_of_its_grain_died()
    {
        await using var cluster = await MemoryCluster.Start(Alike);
        var directory = cluster.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.FullNode));
        for (var i = 0; ; i++)
        {
            var (connection, observer) = await cluster.Connect($"peer{i}");
            var grain = cluster.Client.GetGrain<IPeerGrain>(connection.GrainKey());
            var home = (await cluster.WhereIs(grain))!;
            if (home.Equals(await cluster.WhereIs(directory)))
                continue;
            await cluster.Kill(home);
            var before = observer.Delivered.Count;
            await Poll.Until(() => IsReached(grain));
            Assert.True(observer.Delivered.Count > before);
            return;
        }
    }

    /// <summary>
    /// Silos are rolled from one version of the contracts to the next: older ones call what lives on newer ones, newer ones never what
    /// lives on older ones.
    /// </summary>
    [Fact]
    public async Task Silos_of_two_versions_work_together_while_they_are_rolled()
    {
        SiloAddress? newer = null;
        await using var cluster = await MemoryCluster.Start(
            Alike, configure: (number, silo) =>
            {
                if (number != 2)
                    return;
                silo.Services.AddSingleton<IGrainInterfacePropertiesProvider>(services =>
                {
                    newer = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
                    return new NextVersion();
                });
            });
        await cluster.Accept(1, 5);

        // The newer silo calls the chain every second, and so it moves there; everybody reaches it.
        await Poll.Until(async () => newer!.Equals(await cluster.WhereIs(cluster.ChainOf())));
        Assert.Equal(5u, (await cluster.ChainOf().GetSnapshot()).Heaviest.Height);
        Assert.All((await cluster.Accept(6, 3)).Outcomes, outcome => Assert.True(outcome.IsStored));
        await Poll.Until(async () => newer!.Equals(await cluster.WhereIs(cluster.ChainOf())));
        // Where peers and directory live since, nobody knows of a connection until its gateway tells of it again.
        var (connection, observer) = await cluster.Connect("peer");
        var peer = cluster.Client.GetGrain<IPeerGrain>(connection.GrainKey());
        await Poll.Until(async () => await IsReached(peer)
            || (await IsReached(() => cluster.TellAgain(connection, observer)) && await IsReached(peer)));
    }

    /// <summary>A call to a grain that moves may be lost: whoever called calls again (CLUSTER 3).</summary>
    private static Task<bool> IsReached(IPeerGrain peer) =>
        IsReached(() => peer.Send(OutboundMessage.Of(Role.FullNode, new PingMessage())));

    private static async Task<bool> IsReached(Func<Task<bool>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is OrleansException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Turns the first question and the first change away that a client sends to a chain.</summary>
    private sealed class Refusal : IIncomingGrainCallFilter
    {
        private volatile bool _hasBegun;

        public ConcurrentBag<string> Refused { get; } = [];

        public void Begin() => _hasBegun = true;

        public Task Invoke(IIncomingGrainCallContext context)
        {
            var isOfAClient = context.SourceId is not { } source || source.IsClient();
            if (!_hasBegun || !isOfAClient || context.Grain is not IBlockchainGrain || Refused.Contains(context.MethodName)
                || context.MethodName is not (nameof(IBlockchainGrain.GetSnapshot) or nameof(IBlockchainGrain.SwitchVariant)))
                return context.Invoke();
            Refused.Add(context.MethodName);
            throw new SiloUnavailableException("it ends");
        }
    }

    /// <summary>Every contract of ours, one version on.</summary>
    private sealed class NextVersion : IGrainInterfacePropertiesProvider
    {
        public void Populate(Type interfaceType, GrainInterfaceType grainInterfaceType, Dictionary<string, string> properties)
        {
            if (interfaceType.Namespace?.StartsWith("Chia.", StringComparison.Ordinal) == true
                && properties.TryGetValue(WellKnownGrainInterfaceProperties.Version, out var version))
                properties[WellKnownGrainInterfaceProperties.Version] =
                    (int.Parse(version, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
