using System.CommandLine;
using Chia.Silo.Api;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Configuration;
using Chia.Silo.Hosting;
using Chia.Silo.Keys;
using Chia.Silo.Status;

namespace Chia.Silo.Commands.Options;

/// <summary>
/// Which node a command asks: the one at an address, the one that noted its address in a root folder, or the one at the usual port
/// (OPERATIONS 2). With the token, where the node wants one.
/// </summary>
internal sealed class NodeFinder
{
    private readonly RootOptions _root = new();
    private readonly Option<string?> _rpc = CommonOptions.Rpc();
    private readonly Option<string?> _token = new("--token-file")
    {
        Description = "File with the token of an API that is not on loopback (CHIA_RPC_TOKEN_FILE, CHIA_RPC_TOKEN).",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        _root.AddTo(command);
        command.Add(_rpc);
        command.Add(_token);
    }

    /// <summary>A way to ask it, whether it runs or not.</summary>
    /// <exception cref="UserException">No node runs in the folder that was named.</exception>
    public ApiClient Connect(ParseResult parsed, string? node = null)
    {
        var (address, looked) = Address(parsed);
        return new ApiClient(address, node, Token(parsed), looked);
    }

    /// <summary>Its status, running or as its store has it.</summary>
    /// <exception cref="UserException">It does not run, and there is no store to read.</exception>
    public async Task<NodeStatus> RunningOrStored(ParseResult parsed, CancellationToken cancellation)
    {
        if (await Running(parsed, cancellation) is { } running)
            return running;
        if (parsed.GetValue(_rpc) is { } rpc)
        {
            throw new UserException(
                $"no node answers at {rpc}: is it running, and is this the address it printed as rpc=?", ApiClient.NotRunning);
        }

        await using var store = await StoreOptions.FindExisting(_root.Path(parsed), _root.NetworkName(parsed), cancellation);
        await using var reader = await store.OpenReader(cancellation);
        return StatusOf.Stored(store.Identity.NetworkId, await reader.GetSummary(cancellation));
    }

    /// <summary>Its status; null if it does not run.</summary>
    /// <exception cref="UserException">What answers at the given address is no node.</exception>
    private async Task<NodeStatus?> Running(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            using var client = Connect(parsed);
            return await client.Get(RpcEndpoints.StatusPath, StatusJson.Default.NodeStatus, cancellation);
        }
        catch (UserException error) when (error.ExitCode == ApiClient.NotRunning || parsed.GetValue(_rpc) is null)
        {
            // Nothing runs; or a node that was killed left its note, and another program has its port now.
            return null;
        }
    }

    /// <summary>Where to ask, and where else was looked in vain.</summary>
    private (string Address, string? Looked) Address(ParseResult parsed)
    {
        if (parsed.GetValue(_rpc) is { } rpc)
            return (rpc, null);
        var folder = _root.Path(parsed);
        if (RpcNote.Find(folder) is { } noted)
            return (noted, null);
        return _root.IsNamed(parsed)
            ? throw new UserException($"no node runs in {folder}", ApiClient.NotRunning)
            : ($"http://127.0.0.1:{_root.InstanceOf(parsed).ApiPort}", $"none runs in {folder}");
    }

    /// <summary>The token: of the option or the environment for any address, of the folder's own config.yaml for its own node.</summary>
    private string? Token(ParseResult parsed)
    {
        if (parsed.GetValue(_token) is { } file)
            return ApiToken.Read(Path.GetFullPath(file));
        var folder = _root.Path(parsed);
        return ApiToken.Find(parsed.GetValue(_rpc) is null ? Configured(folder) : NodeConfiguration.OfEnvironment(), folder);
    }

    /// <summary>What the folder's file says; one with a mistake says nothing, since the node that runs may have read a better
    /// one.</summary>
    private static NodeConfiguration Configured(string folder)
    {
        try
        {
            return NodeConfiguration.Load(folder);
        }
        catch (UserException)
        {
            return NodeConfiguration.OfEnvironment();
        }
    }
}
