using System.Globalization;
using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Storage;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;

namespace Chia.Functional.Tests.Network;

/// <summary><c>chia start ROLE…</c> as a process of its own, which is killed and started again in the same folder and on the same
/// ports.</summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private const int LogShown = 12000;

    private static readonly HttpClient Http = new() { Timeout = Deadline.Length };

    private readonly string _networkFile;
    private readonly string[] _roles;
    private readonly string[] _more;
    private readonly Dictionary<string, int> _ports;
    private readonly List<string> _ended = [];
    private ChiaProcess? _process;
    private Uri? _rpc;

    /// <param name="name">For messages.</param>
    /// <param name="networkFile">The network.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="roles">Its roles, separated by spaces.</param>
    /// <param name="more">More options.</param>
    public RoleProcess(string name, string networkFile, string root, string roles, params string[] more)
    {
        Name = name;
        Root = root;
        _networkFile = networkFile;
        _roles = roles.Split(' ');
        _more = more;
        // Not any that the system gives: while the process is away it would give them to others, who connect to somebody or listen.
        _ports = _roles.ToDictionary(role => role, _ => FreePorts.FindRun(1));
    }

    public string Name { get; }

    public string Root { get; }

    public bool IsRunning => _process is { HasExited: false };

    private string? Error => _process?.Error;

    /// <summary>HOST:PORT of a role, the only one by default; known once it was started.</summary>
    public string Endpoint(string? role = null) => $"127.0.0.1:{_ports[role ?? _roles.Single()]}";

    /// <summary>Starts it, again if it was killed, and waits until it is ready.</summary>
    public async Task Start()
    {
        Assert.Null(_process);
        _process = ChiaProcess.Start(
            ["start", .. _roles, "--network", _networkFile, "--root", Root, .. _ports.SelectMany(Listen), .. _more]);
        foreach (var pair in (await _process.WaitUntilReady()).Split(' ').Skip(1).Select(p => p.Split('=', 2)))
        {
            if (pair[0] == "rpc")
                _rpc = new Uri(pair[1]);
            else
                _ports[pair[0] == "port" ? _roles.Single() : pair[0][..^"_port".Length]] =
                    int.Parse(pair[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillHard()
    {
        Assert.True(IsRunning, $"{Name} had ended by itself: {Error}");
        await _process!.KillHard();
        await Forget();
    }

    /// <summary>SIGTERM; it must end well.</summary>
    public async Task Stop()
    {
        Assert.True(IsRunning, $"{Name} had ended by itself: {Error}");
        _process!.Terminate();
        Assert.Equal(0, await _process.WaitForExit());
        await Forget();
    }

    /// <summary>What it says over its RPC; null if it does not run.</summary>
    public async Task<JsonElement?> Status()
    {
        if (!IsRunning)
            return null;
        try
        {
            using var json =
                JsonDocument.Parse(await Http.GetStringAsync(new Uri(_rpc!, "/api/status"), TestContext.Current.CancellationToken));
            return json.RootElement.Clone();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Height of its heaviest tip; -1 if it does not run.</summary>
    public async Task<int> Height() => await Status() is { } status ? status.GetProperty("height").GetInt32() : -1;

    /// <summary>Its established connections with peers of a role.</summary>
    public async Task<int> Peers(Role role) => await Status() is { } status
        ? status.GetProperty("peers").EnumerateArray().Count(peer => peer.GetProperty("role").GetString() == RoleNames.Of(role))
        : 0;

    /// <summary>Its chain, genesis first, as its store has it, whether it runs or not.</summary>
    public async Task<IReadOnlyList<BlockRecord>> Chain()
    {
        await using var reader = await OpenStore();
        var index = await reader.LoadIndex(TestContext.Current.CancellationToken);
        var records = index.Records.ToDictionary(r => r.HeaderHash);
        var chain = new List<BlockRecord>();
        for (var record = index.Tips.Select(tip => records[tip])
            .MaxBy(r => r.TotalWeight); record is not null; record = records.GetValueOrDefault(record.PrevHeaderHash))
            chain.Add(record);
        chain.Reverse();
        return chain;
    }

    /// <summary>Whether its store has a block, on its chain or beside it.</summary>
    public async Task<bool> Holds(Bytes32 headerHash)
    {
        await using var reader = await OpenStore();
        return await reader.GetBlock(headerHash, TestContext.Current.CancellationToken) is not null;
    }

    /// <summary>All that it has logged in all its lives.</summary>
    public string Log => string.Concat(_ended) + _process?.Output + _process?.Error;

    /// <summary>For a failed test: its status and the end of its log.</summary>
    public async Task<string> Describe()
    {
        var status = await Status();
        var log = Log;
        return $"\n=== {Name} ({(IsRunning ? "running" : "not running")})\n{status}\n{(log.Length > LogShown ? log[^LogShown..] : log)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private Task<IBlockReader> OpenStore() => SqliteBlockStore.OpenReader(
        NodePaths.Store(Root, NetworkFile.Read(_networkFile)), TestContext.Current.CancellationToken);

    private IEnumerable<string> Listen(KeyValuePair<string, int> role) =>
        ["--set", $"{role.Key}.host=127.0.0.1", "--set", $"{role.Key}.port={role.Value}"];

    private async Task Forget()
    {
        _ended.Add(_process!.Output + _process.Error + "--- ended\n");
        await _process.DisposeAsync();
        _process = null;
    }
}
