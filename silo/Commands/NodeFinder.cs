using Chia.Silo.Api;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Commands;

/// <summary>Finds the node that a command is about: by its address, or by its root folder, where a running node notes its
/// address.</summary>
/// <param name="rpc">Address; null to look in the folder.</param>
/// <param name="root">Root folder; null for the network's own.</param>
/// <param name="network">Network; null for the built-in one.</param>
internal sealed class NodeFinder(string? rpc, string? root, string? network)
{
    /// <summary>Its status; null if it does not run.</summary>
    /// <exception cref="UserException">What answers at the given address is no node.</exception>
    public async Task<NodeStatus?> Running(CancellationToken cancellation) =>
        Address() is { } url ? await Ask(url, cancellation) : null;

    /// <summary>Its status, running or as its store has it.</summary>
    /// <exception cref="UserException">It does not run, and there is no store to read.</exception>
    public async Task<NodeStatus> RunningOrStored(CancellationToken cancellation)
    {
        if (await Running(cancellation) is { } running)
            return running;
        if (rpc is not null)
            throw new UserException($"no node answers at {rpc}: is it running, and is this the address it printed as rpc=?");
        await using var store = await StoreOptions.FindExisting(root, network, cancellation);
        await using var reader = await store.OpenReader(cancellation);
        return StatusOf.Stored(store.Identity.NetworkId, await reader.GetSummary(cancellation));
    }

    /// <summary>Asks it to stop. False if it does not run.</summary>
    public async Task<bool> Stop(CancellationToken cancellation) =>
        await Running(cancellation) is not null && Address() is { } url && await RpcClient.TryStop(url, cancellation);

    /// <summary>Where its API is: at the given address, where the folder's node noted it, or where an API is if nobody says.</summary>
    public string ApiAddress() =>
        Address()
        ?? (root is null ? $"http://127.0.0.1:{ApiPort.Default}" : throw new UserException("no node runs there", ApiClient.NotRunning));

    private string? Address() => rpc ?? RpcNote.Find(CommonOptions.RootFolder(root, network));

    private async Task<NodeStatus?> Ask(string url, CancellationToken cancellation)
    {
        try
        {
            return await RpcClient.TryRead(url, cancellation);
        }
        catch (UserException) when (rpc is null)
        {
            // A node that was killed left its note, and another program has its port now.
            return null;
        }
    }
}
