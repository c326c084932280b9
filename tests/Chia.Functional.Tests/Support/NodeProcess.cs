using System.Text.Json;
using Chia.Testing;

namespace Chia.Functional.Tests.Support;

/// <summary><c>chia start full_node</c> as a process of its own.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = Deadline.Length };

    private NodeProcess(ChiaProcess process, int port, Uri rpc)
    {
        Process = process;
        Port = port;
        Rpc = rpc;
    }

    public ChiaProcess Process { get; }

    public int Port { get; }

    public Uri Rpc { get; }

    /// <summary>Starts it on a free port of loopback and waits until it is ready.</summary>
    public static Task<NodeProcess> Start(ChainVectors chain, string root, params string[] more) => Start(chain, root, [], more);

    /// <summary>Starts it with environment variables more.</summary>
    public static async Task<NodeProcess> Start(
        ChainVectors chain, string root, (string Name, string Value)[] variables, params string[] more)
    {
        var process = ChiaProcess.StartWith(
            variables,
            ["start", "full_node", "--network", chain.NetworkFile, "--root", root, "--host", "127.0.0.1", "--port", "0", .. more]);
        try
        {
            var ready = (await process.WaitUntilReady()).Split(' ');
            return new NodeProcess(process, int.Parse(Value(ready[1], "port")), new Uri(Value(ready[2], "rpc")));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it says over its RPC.</summary>
    public async Task<JsonElement> Status()
    {
        using var json = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Rpc, "/api/status"), TestContext.Current.CancellationToken));
        return json.RootElement.Clone();
    }

    /// <summary>Asks until what it says is so.</summary>
    public async Task<JsonElement> Until(string what, Func<JsonElement, bool> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Deadline.Length)
        {
            if (await Status() is var status && isSo(status))
                return status;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"not within {Deadline.Length.TotalSeconds} s: {what}; it says {await Status()}");
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string Value(string pair, string name)
    {
        Assert.StartsWith(name + "=", pair, StringComparison.Ordinal);
        return pair[(name.Length + 1)..];
    }
}
