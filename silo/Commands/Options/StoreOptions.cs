using System.CommandLine;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;

namespace Chia.Silo.Commands.Options;

/// <summary>
/// Which block store a command is about: the one in a root folder, or one at an address (CLUSTER 4). A store names its network, so that
/// nobody has to; what the network's rules are is found in the folder's files, or given by <c>--network</c>.
/// </summary>
internal sealed class StoreOptions
{
    private readonly RootOptions _root = new();

    public Option<string?> Store { get; } = new("--store")
    {
        Description = "Block store elsewhere: a PostgreSQL address (postgresql://user@host/database, or Host=…;Database=…), or a file.",
        HelpName = "ADDRESS",
    };

    public Option<string?> Node { get; } =
        new("--node") { Description = "Whose store it is, where --store holds several.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        _root.AddTo(command);
        command.Add(Store);
        command.Add(Node);
    }

    /// <summary>A store that is there, damaged or not.</summary>
    /// <exception cref="UserException">There is none, or it is not clear which is meant.</exception>
    /// <exception cref="StoreNetworkException">It is not the network's that was named.</exception>
    public Task<ChosenStore> FindExisting(ParseResult parsed, CancellationToken cancellation) =>
        FindExisting(_root.Path(parsed), _root.NetworkName(parsed), cancellation, parsed.GetValue(Store), NodeOf(parsed));

    /// <summary>As the other, without a command line.</summary>
    public static async Task<ChosenStore> FindExisting(
        string root, string? network, CancellationToken cancellation, string? address = null, NodeName? ofNode = null)
    {
        var place = BlockStorePlace.At(address ?? NodePaths.StoreFile(root));
        try
        {
            RefuseName(place, ofNode);
            if (BlockStorePlace.KindOf(place.Location) == BlockStoreKind.Sqlite && !Path.Exists(place.Location))
                throw new UserException($"there is no block store in {Path.GetDirectoryName(Path.GetFullPath(place.Location))}: start a node or import a chain there first");
            var stored = await Stored(place, ofNode, cancellation);
            var node = stored?.Node ?? ofNode ?? default;
            var named = network is null ? null : NetworkFile.Resolve(network);
            return named is null
                ? await Recognise(place, node, stored, root, cancellation)
                : await Compare(place, node, stored, named, cancellation);
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the other; where there is none yet, the place for one of the network that is named or that the folder's files
    /// name.</summary>
    public async Task<ChosenStore> FindOrPlan(ParseResult parsed, CancellationToken cancellation)
    {
        var named = _root.NetworkName(parsed);
        var root = _root.Path(parsed);
        await using (var place = PlaceOf(parsed, root))
        {
            RefuseName(place, NodeOf(parsed));
            if (BlockStorePlace.KindOf(place.Location) != BlockStoreKind.Sqlite)
                await place.Prepare(cancellation);
            if (await place.Exists(NodeOf(parsed) ?? default, cancellation))
                return await FindExisting(parsed, cancellation);
            if (parsed.GetValue(Store) is not null && parsed.GetValue(Node) is null
                && BlockStorePlace.KindOf(place.Location) != BlockStoreKind.Sqlite)
                throw new UserException("which node's store is to be begun: name it with --node");
        }

        var network = named is null ? NetworksOf(root).First() : NetworkFile.Resolve(named);
        return new ChosenStore(PlaceOf(parsed, root), NodeOf(parsed) ?? default, StoreIdentity.Of(network), network, Exists: false);
    }

    /// <summary>A file is one node's.</summary>
    private static void RefuseName(IStoreMaintenance place, NodeName? node)
    {
        if (node is not null && BlockStorePlace.KindOf(place.Location) == BlockStoreKind.Sqlite)
            throw new UserException($"--node goes with a --store of several nodes only: {place.Location} is one node's");
    }

    /// <summary>The node that was named; null if none was.</summary>
    private NodeName? NodeOf(ParseResult parsed) => parsed.GetValue(Node) is { } name ? ClusterOptions.Node(name) : null;

    private IStoreMaintenance PlaceOf(ParseResult parsed, string root) =>
        BlockStorePlace.At(parsed.GetValue(Store) ?? NodePaths.StoreFile(root));

    /// <summary>What the place says of the store; null if it is too damaged to say.</summary>
    private static async Task<StoredNode?> Stored(IStoreMaintenance place, NodeName? node, CancellationToken cancellation)
    {
        try
        {
            var nodes = await place.GetNodes(cancellation);
            return (node, nodes) switch
            {
                (_, [var only]) when only.Node == default => only,
                (null, [var only]) => only,
                (_, []) => throw new UserException($"there is no block store at {place.Location}"),
                (null, _) =>
                    throw new UserException(
                    $"{place.Location} holds several: name one with --node: {string.Join(", ", nodes.Select(n => n.Node))}"),
                _ => nodes.FirstOrDefault(n => n.Node == node)
                    ?? throw new UserException(
                        $"{place.Location} holds no node {node}: it has {string.Join(", ", nodes.Select(n => n.Node))}"),
            };
        }
        catch (StoreException error) when (error is StoreDamagedException or StoreFormatException or StoreVersionException)
        {
            return null;
        }
    }

    /// <summary>A network was named: a sound store of another one is the wrong store; where it holds the named one's genesis block, its
    /// own name is what was damaged.</summary>
    private static async Task<ChosenStore> Compare(
        IStoreMaintenance place, NodeName node, StoredNode? stored, NetworkDefinition named, CancellationToken cancellation)
    {
        var identity = StoreIdentity.Of(named);
        return stored is null || stored.Identity == identity || await HasGenesis(place, node, identity, cancellation)
            ? new ChosenStore(place, node, identity, named, Exists: true)
            : throw new StoreNetworkException(place.Location, stored.Identity, identity);
    }

    /// <summary>No network was named: the store's own, if a file here defines it; else one whose genesis block it holds; else nobody knows
    /// its rules.</summary>
    private static async Task<ChosenStore> Recognise(
        IStoreMaintenance place, NodeName node, StoredNode? stored, string root, CancellationToken cancellation)
    {
        var known = NetworksOf(root).ToList();
        var network = known.Find(candidate => StoreIdentity.Of(candidate) == stored?.Identity);
        for (var i = 0; network is null && i < known.Count; i++)
            network = await HasGenesis(place, node, StoreIdentity.Of(known[i]), cancellation) ? known[i] : null;
        var identity = network is null ? stored?.Identity : StoreIdentity.Of(network);
        return new ChosenStore(
            place, node, identity ?? StoreIdentity.Of(known[0]), network ?? (stored is null ? known[0] : null), Exists: true);
    }

    private static async Task<bool> HasGenesis(
        IStoreMaintenance place, NodeName node, StoreIdentity identity, CancellationToken cancellation)
    {
        await using var reader = place.OpenDamaged(node, identity);
        try
        {
            return await reader.Contains(identity.GenesisHash, cancellation);
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>The networks that a folder's files define, nearest first, and the built-in one.</summary>
    private static IEnumerable<NetworkDefinition> NetworksOf(string root)
    {
        if (TryRead(() => NetworkFile.Resolve(Configuration.NodeConfiguration.Load(root)["network"])) is { } configured)
            yield return configured;
        if (TryRead(() => NetworkFile.Read(NodePaths.NetworkFile(root))) is { } beside)
            yield return beside;
        yield return Testnet.Definition;
    }

    private static NetworkDefinition? TryRead(Func<NetworkDefinition> read)
    {
        try
        {
            return read();
        }
        catch (UserException)
        {
            return null;
        }
    }
}

/// <summary>The store that a command is about.</summary>
/// <param name="Place">Where it is; disposed with this.</param>
/// <param name="Node">Whose it is there.</param>
/// <param name="Identity">Which chain it holds.</param>
/// <param name="Network">The rules of that chain; null if no file here tells them.</param>
/// <param name="Exists">False: it would be begun.</param>
internal sealed record ChosenStore(IStoreMaintenance Place, NodeName Node, StoreIdentity Identity, NetworkDefinition? Network, bool Exists)
    : IAsyncDisposable
{
    /// <summary>The rules, for commands that cannot do without.</summary>
    /// <exception cref="UserException">Nobody knows them.</exception>
    public NetworkDefinition Rules =>
        Network ?? throw new UserException(
            $"{Place.Location} belongs to {Identity}, whose rules are not known here: name its file with --network");

    public Task<IBlockReader> OpenReader(CancellationToken cancellation) => Place.OpenReader(Node, Identity, cancellation);

    public ValueTask DisposeAsync() => Place.DisposeAsync();
}
