using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Sqlite;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Chia.Grains.Tests.Support;

/// <summary>A full node's grains with real rules, real proofs and a store in memory; small40's network.</summary>
internal sealed class ChainHost : IAsyncDisposable
{
    private readonly RoleHost _host;

    private ChainHost(RoleHost host) => _host = host;

    public RoleHost Roles => _host;

    public IClusterClient Client => _host.Client;

    public IBlockchainGrain Chain => Client.GetGrain<IBlockchainGrain>(NodeKey.Of(NodeName.Main));

    public IValidators Validators => _host.Services.GetRequiredService<IValidators>();

    /// <summary>A node that has these blocks; genesis may be among them.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wrap">What stands between the chain and its store.</param>
    public static async Task<ChainHost> Start(
        IEnumerable<FullBlock> blocks, TimeProvider? time = null, Func<IBlockStore, IBlockStore>? wrap = null)
    {
        var host = new ChainHost(await RoleHost.Start(time ?? TimeProvider.System, services =>
        {
            services.AddSingleton(TestNetworks.Of("small40"));
            services.AddSingleton<IProofVerifier>(new ProofVerifier());
            services.AddSingleton(_ => new ValidationThreads());
            services.AddSingleton(_ => new VerifiedHeaders());
            services.AddSingleton<IBlockStoreProvider>(s => new MemoryStores(s.GetRequiredService<NetworkDefinition>(), wrap));
        }));
        foreach (var batch in blocks.Where(b => b.Height > 0).Chunk(100))
            Assert.All(await host.Accept(batch), outcome => Assert.True(outcome.IsStored, $"{outcome}"));
        return host;
    }

    /// <summary>Checks blocks and hands them to the chain.</summary>
    public async Task<BlockOutcome[]> Accept(params FullBlock[] blocks)
    {
        var data = blocks.Select(b => new BlockData(b)).ToArray();
        var verdicts = await Validators.CheckBlocks(CheckKind.Full, data, isUrgent: true);
        return (await Chain.Accept([.. data.Zip(verdicts, (block, verdict) => new BlockSubmission(block, verdict))])).Outcomes;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private sealed class MemoryStores(NetworkDefinition network, Func<IBlockStore, IBlockStore>? wrap)
        : IBlockStoreProvider, IAsyncDisposable
    {
        private readonly Dictionary<NodeName, Task<IBlockStore>> _stores = [];

        public Task<IBlockStore> Get(NodeName node, CancellationToken cancellation)
        {
            lock (_stores)
            {
                if (!_stores.TryGetValue(node, out var store))
                    _stores[node] = store = Open(cancellation);
                return store;
            }
        }

        private async Task<IBlockStore> Open(CancellationToken cancellation)
        {
            var store =
                await SqliteBlockStore.Open(
                new SqliteStoreOptions { Path = SqliteStoreOptions.InMemory, Identity = StoreIdentity.Of(network) }, cancellation);
            return wrap is null ? store : wrap(store);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var store in _stores.Values)
                await (await store).DisposeAsync();
        }
    }
}
