using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Chia.Consensus.Validation;
using Chia.Functional.Tests.Support;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Chain;
using Chia.Grains.Peers;
using Chia.Grains.Validation;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Commands.Options;
using Chia.Silo.Configuration;
using Chia.Silo.Hosting.State;
using Chia.Storage;
using Chia.Storage.Sqlite;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Chia.Cluster.Tests.InMemory;

/// <summary>
/// Three silos of a cluster in the test's own process: grains, placement, broadcasts and fences as in processes; members and states in
/// memory, blocks in one file each node.
/// </summary>
internal sealed class MemoryCluster : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Orleans holds whom it calls by a weak reference, as long as nobody else does: a gateway's connections live, and so do
    /// these.</summary>
    private readonly ConcurrentBag<RecordingObserver> _observers = [];
    private readonly InProcessTestCluster _cluster;
    private readonly StoresInFiles _stores;

    /// <summary>What grains keep lies beside the silos, as in a database: who hears broadcasts outlives the silo that knew it.</summary>
    private readonly MemoryGrainStorage _states = new();

    private MemoryCluster(
        ChainVectors chain, string[] rolesOfSilos, string[] nodes, Action<int, ISiloBuilder>? configure)
    {
        Chain = chain;
        _stores = new StoresInFiles(_folder, StoreIdentity.Of(chain.Network));
        var definition = new ClusterDefinition
        {
            Id = "test",
            Network = chain.Network,
            Database = "",
            BlockStore = "",
            Ports = new ClusterPorts(),
            Nodes = [.. nodes.Select(node => new ClusterNode(NodeName.Parse(node), [Role.FullNode], new NodeConfiguration(), ""))],
        };
        var builder = new InProcessTestClusterBuilder((short)rolesOfSilos.Length);
        builder.Options.AssumeHomogenousSilosForTesting = false;
        var started = -1;
        builder.ConfigureSilo((_, silo) =>
        {
            var number = Interlocked.Increment(ref started);
            var roles = rolesOfSilos[number % rolesOfSilos.Length].Split(',').Select(ClusterOptions.ParseRole).ToList();
            silo.Services.AddGrainStorage(PeerDirectoryOptions.StorageName, (_, _) => _states);
            silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME, (_, _) => _states);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IBlockStoreProvider>(_stores);
            silo.Services.AddSingleton(definition);
            ClusterSilo.AddGrains(silo, definition, SiloPlace.Of(definition, new ProcessPlace { Roles = roles }));
            silo.Services.RemoveAll<IProofVerifier>();
            silo.Services.AddSingleton<IProofVerifier>(services =>
                Counting(services.GetRequiredService<ILocalSiloDetails>().SiloAddress));
            configure?.Invoke(number, silo);
        });
        builder.ConfigureClient(client =>
        {
            ClusterSilo.AddBroadcasts(client);
            client.AddOutgoingGrainCallFilter(new AskAgain(TimeProvider.System));
        });
        _cluster = builder.Build();
    }

    public ChainVectors Chain { get; }

    public IClusterClient Client => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>Proofs of time that each silo has checked.</summary>
    public ConcurrentDictionary<SiloAddress, int> Checked { get; } = [];

    public IManagementGrain Management => Client.GetGrain<IManagementGrain>(0);

    /// <param name="rolesOfSilos">The roles of each silo, separated by commas.</param>
    /// <param name="nodes">The nodes that it carries.</param>
    /// <param name="configure">More for a silo, by its number.</param>
    public static async Task<MemoryCluster> Start(
        string[] rolesOfSilos, string[]? nodes = null, Action<int, ISiloBuilder>? configure = null)
    {
        var cluster = new MemoryCluster(ChainVectors.Small, rolesOfSilos, nodes ?? ["main"], configure);
        await cluster._cluster.DeployAsync(TestContext.Current.CancellationToken);
        // Until all silos know each other, each looks for grains where it takes their directory to be, and two of them may have the same
        // one for a moment.
        await cluster._cluster.WaitForLivenessToStabilizeAsync();
        await cluster._cluster.WaitForClusterManifestToStabilizeAsync();
        return cluster;
    }

    public IBlockchainGrain ChainOf(string node = "main") => Client.GetGrain<IBlockchainGrain>(node);

    public Task<SiloAddress?> WhereIs(IAddressable grain) => Management.GetActivationAddress(grain).AsTask();

    public Task Kill(SiloAddress silo) =>
        _cluster.KillSiloAsync(_cluster.Silos.Single(handle => handle.SiloAddress.Equals(silo)), TestContext.Current.CancellationToken);

    public Task<IBlockStore> Store(string node = "main") => _stores.Get(NodeName.Parse(node), CancellationToken.None);

    /// <summary>Has blocks checked by the validators and takes them into a chain.</summary>
    public async Task<AcceptAnswer> Accept(int from, int count, string node = "main")
    {
        BlockData[] blocks = [.. Chain.Main.Skip(from).Take(count).Select(block => new BlockData(block))];
        var validators = _cluster.GetSiloServiceProvider(_cluster.Silos[0].SiloAddress).GetRequiredService<IValidators>();
        var verdicts = await validators.CheckBlocks(GrainInterfaces.Validation.CheckKind.Full, blocks, isUrgent: false);
        return await ChainOf(node).Accept([.. blocks.Zip(verdicts, (block, verdict) => new BlockSubmission(block, verdict))]);
    }

    public IValidators ValidatorsSeenFrom(int silo) =>
        _cluster.GetSiloServiceProvider(_cluster.Silos[silo].SiloAddress).GetRequiredService<IValidators>();

    /// <summary>Connects a peer as a gateway does.</summary>
    public async Task<(PeerConnection Connection, RecordingObserver Observer)> Connect(string id, string node = "main")
    {
        var nodeId = new Bytes32(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        var port = BitConverter.ToUInt16(nodeId.Span);
        var connection = new PeerConnection(
            ConnectionId.Parse(id), NodeName.Parse(node), Role.FullNode, Role.FullNode, default, nodeId, "127.0.0.1", 50_000, port,
            IsOutbound: false, IsConfigured: false, "gateway", TimeSpan.Zero);
        var observer = new RecordingObserver();
        _observers.Add(observer);
        var directory = Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(connection.Node, Role.FullNode));
        await directory.Register(connection);
        await Tell(connection, observer, isAgain: false);
        return (connection, observer);
    }

    /// <summary>What its gateway does when what knew of a connection lives elsewhere since; whether the connection may live on.</summary>
    public async Task<bool> TellAgain(PeerConnection connection, RecordingObserver observer) =>
        (await Tell(connection, observer, isAgain: true)).Close is null;

    private Task<ConnectionVerdict> Tell(PeerConnection connection, RecordingObserver observer, bool isAgain) =>
        Client.GetGrain<IPeerGrain>(connection.GrainKey())
            .Connected(connection, Client.CreateObjectReference<IPeerObserver>(observer), isAgain);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _stores.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>What would go to a peer.</summary>
    internal sealed class RecordingObserver : IPeerObserver
    {
        public ConcurrentQueue<byte[]> Delivered { get; } = [];

        public Task Deliver(byte[][] frames)
        {
            foreach (var frame in frames)
                Delivered.Enqueue(frame);
            return Task.CompletedTask;
        }

        public Task Close(DisconnectReason reason) => Task.CompletedTask;

        public Task<PeerTraffic> GetTraffic() => throw new NotSupportedException();
    }

    private sealed class StoresInFiles(TempFolder folder, StoreIdentity identity) : IBlockStoreProvider, IAsyncDisposable
    {
        private readonly SemaphoreSlim _gate = new(1, 1);
        private readonly Dictionary<NodeName, IBlockStore> _stores = [];

        public async Task<IBlockStore> Get(NodeName node, CancellationToken cancellation)
        {
            await _gate.WaitAsync(cancellation);
            try
            {
                if (_stores.TryGetValue(node, out var store))
                    return store;
                var options = new SqliteStoreOptions { Path = folder.File($"{node}.db"), Identity = identity };
                return _stores[node] = await SqliteBlockStore.Open(options, cancellation);
            }
            finally
            {
                _gate.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var store in _stores.Values)
                await store.DisposeAsync();
            _gate.Dispose();
        }
    }

    /// <summary>The real cryptography; proofs of time are counted for the silo that checks them.</summary>
    private ScriptedVerifier Counting(SiloAddress silo)
    {
        var real = new ProofVerifier();
        return new ScriptedVerifier(real)
        {
            Time = (proof, discriminantBits) =>
            {
                Checked.AddOrUpdate(silo, 1, (_, count) => count + 1);
                return real.FindFault(proof, discriminantBits);
            },
        };
    }
}
