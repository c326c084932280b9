using Chia.Functional.Tests.Support;
using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;
using Chia.Testing;

namespace Chia.Functional.Tests.Network;

/// <summary>A network of processes, each in a folder of its own.</summary>
internal sealed class ProcessNetwork(FarmSupplies supplies) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Without anything new; a block takes seconds, and tens of them on a machine that does much else.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(180);

    /// <summary>Marks of log lines that an honest network never writes.</summary>
    private static readonly string[] Faults = [" fail ", " crit ", "is blamed with", "is banned for"];

    private readonly TempFolder _folder = new();
    private readonly List<RoleProcess> _processes = [];

    public IReadOnlyList<RoleProcess> Processes => _processes;

    public Task<RoleProcess> Introducer() => Add("introducer", _folder.Sub("introducer"), "introducer");

    /// <summary>A full node that looks for others.</summary>
    public Task<RoleProcess> FullNode(string name, RoleProcess introducer) => Add(
        name,
        _folder.Sub(name),
        "full_node",
        "--introducer", introducer.Endpoint(), "--set", "full_node.introducer_connect_interval=1");

    /// <summary>A full node that dials nobody but those that it is told.</summary>
    public Task<RoleProcess> LoneNode(string name, params string[] connect) => Add(
        name,
        _folder.Sub(name),
        "full_node",
        ["--set", "full_node.target_peer_count=0", .. connect.SelectMany(peer => new[] { "--connect", peer })]);

    public async Task<RoleProcess> Farmer(params RoleProcess[] nodes) => await Add(
        "farmer", await supplies.Farm(_folder, "farmer", ..0), "farmer", "--set", $"farmer.full_node_peer={Endpoints(nodes)}");

    public async Task<RoleProcess> Harvester(string name, RoleProcess farmer, Range plots) => await Add(
        name, await supplies.Farm(_folder, name, plots), "harvester", "--set", $"harvester.farmer_peer={farmer.Endpoint()}");

    public Task<RoleProcess> Timelord(params RoleProcess[] nodes) => Add(
        "timelord", _folder.Sub("timelord"), "timelord", "--set", $"timelord.full_node_peer={Endpoints(nodes)}", "--set",
        "timelord.slots=1");

    /// <summary>Farmer, harvester and timelord in one process, for one full node.</summary>
    public async Task<RoleProcess> Farm(string name, RoleProcess node, Range plots) => await Add(
        name,
        await supplies.Farm(_folder, name, plots),
        "farmer harvester timelord",
        "--set", $"farmer.full_node_peer={node.Endpoint()}", "--set", $"timelord.full_node_peer={node.Endpoint()}", "--set",
        "timelord.slots=1");

    /// <summary>Waits until all of these full nodes have a height.</summary>
    public Task Height(int height, params RoleProcess[] nodes) =>
        Until($"height {height} of {Names(nodes)}", async () => (await Heights(nodes)).Min() >= height, nodes);

    /// <summary>The greatest height of these full nodes.</summary>
    public static async Task<int> Highest(params RoleProcess[] nodes) => (await Heights(nodes)).Max();

    /// <summary>Waits until these full nodes have a height and the same block there.</summary>
    public Task Agree(int height, params RoleProcess[] nodes) =>
        Until($"one block at height {height} of {Names(nodes)}", async () =>
        {
            if ((await Heights(nodes)).Min() < height)
                return false;
            var blocks = new HashSet<Bytes32>();
            foreach (var node in nodes)
            {
                // Between the two looks it may have left a higher tip for a heavier, lower one.
                if ((await node.Chain()).ElementAtOrDefault(height) is not { } block)
                    return false;
                blocks.Add(block.HeaderHash);
            }

            return blocks.Count == 1;
        }, nodes);

    /// <summary>Waits until it is so. On failure everybody's state and log is told.</summary>
    /// <param name="what">What is waited for.</param>
    /// <param name="isTrue">Whether it is so.</param>
    /// <param name="growing">As long as one of these full nodes gets higher, it goes on.</param>
    public async Task Until(string what, Func<Task<bool>> isTrue, params RoleProcess[] growing)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (highest, since) = (-1, began);
        while (!await isTrue())
        {
            if (growing.Length > 0 && await Highest(growing) is var height && height > highest)
                (highest, since) = (height, TimeProvider.System.GetTimestamp());
            if (TimeProvider.System.GetElapsedTime(since) > Standstill)
            {
                var pictures = await Task.WhenAll(_processes.Select(p => p.Describe()));
                throw new TimeoutException($"nothing new for {Standstill.TotalSeconds} s: {what}{string.Concat(pictures)}");
            }

            await Task.Delay(Look, TestContext.Current.CancellationToken);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s: {what}");
    }

    /// <summary>All of them run, none has logged a fault of its own, and among honest peers none was blamed for anything.</summary>
    public void MustBeSound()
    {
        foreach (var process in _processes)
        {
            Assert.True(process.IsRunning, $"{process.Name} has ended: {process.Log}");
            Assert.DoesNotContain(process.Log.Split('\n'), line => Faults.Any(line.Contains));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<RoleProcess> Add(string name, string root, string roles, params string[] more)
    {
        await supplies.Ready;
        var process = new RoleProcess(name, supplies.NetworkFile, root, roles, more);
        _processes.Add(process);
        await process.Start();
        return process;
    }

    private static Task<int[]> Heights(RoleProcess[] nodes) => Task.WhenAll(nodes.Select(node => node.Height()));

    private static string Endpoints(RoleProcess[] nodes) => string.Join(",", nodes.Select(node => node.Endpoint()));

    private static string Names(RoleProcess[] nodes) => string.Join(", ", nodes.Select(node => node.Name));
}
