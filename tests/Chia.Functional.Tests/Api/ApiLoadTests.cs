using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>
/// Figures of docs/performance.md, printed: what a thousand questions a second wait for beside a sync and what they cost it, and how soon
/// an event is told. Explicit, since they take a minute and mean something on an idle machine only.
/// </summary>
public sealed class ApiLoadTests(ITestOutputHelper output)
{
    private const int QuestionsPerSecond = 1000;

    private static readonly string[] Paths =
        ["/api/v1/status", "/api/v1/peers", "/api/v1/blocks?limit=20", "/api/v1/blocks/0", "/api/v1/tree", "/health/ready"];

    [Fact(Explicit = true)]
    public async Task A_thousand_questions_a_second_beside_a_sync()
    {
        var chain = ChainVectors.Real;
        using var folder = new TempFolder();
        await RunningNodes.Fill(chain, folder.Sub("source"), chain.Main);
        await using var source = await NodeProcess.Start(chain, folder.Sub("source"), "--introducer", "none", "--rpc-port", "0");
        var alone = new List<double>();
        var beside = new List<double>();
        var waits = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            alone.Add(await Sync(chain, folder.Sub($"alone{round}"), source.Port, null));
            beside.Add(await Sync(chain, folder.Sub($"beside{round}"), source.Port, waits));
        }

        waits.Sort();
        Print($"sync of {chain.Main.Count} blocks, CPU seconds of the node: alone {alone.Min():0.00}, beside {QuestionsPerSecond} questions a second {beside.Min():0.00}");
        Print($"{waits.Count} questions: median {Of(waits, 0.5):0.0} ms, 99 % {Of(waits, 0.99):0.0} ms, longest {waits[^1]:0.0} ms");
        Assert.NotEmpty(waits);
    }

    [Fact(Explicit = true)]
    public async Task How_soon_an_event_is_told()
    {
        var chain = ChainVectors.Small;
        using var folder = new TempFolder();
        await RunningNodes.Fill(chain, folder.Path, chain.Main.Take(1));
        await using var node = await NodeProcess.Start(chain, folder.Path, "--introducer", "none", "--rpc-port", "0");
        using var events = await EventReader.Open(node.Rpc.ToString().TrimEnd('/'), "?types=tip");
        await using var peer = await TestPeer.Dial(node.Port);
        var waits = new List<double>();
        foreach (var block in chain.Main.Skip(1))
        {
            var sent = Stopwatch.GetTimestamp();
            await peer.Send(new BlockMessage(block));
            await events.Next(e => e.GetProperty("height").GetUInt32() == block.Height);
            waits.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        waits.Sort();
        Print($"from the sending of a block to its event, validation and commit included: median {Of(waits, 0.5):0.0} ms, 95 % {Of(waits, 0.95):0.0} ms");
    }

    /// <summary>CPU seconds until a node that begins empty has the chain; the milliseconds of the questions asked meanwhile are
    /// added.</summary>
    private static async Task<double> Sync(ChainVectors chain, string root, int source, List<double>? waits)
    {
        await using var node = await NodeProcess.Start(
            chain, root, "--introducer", "none", "--rpc-port", "0", "--connect", $"127.0.0.1:{source}");
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 64 };
        using var http = new HttpClient(handler) { BaseAddress = node.Rpc };
        var asked = new List<Task<double>>();
        var started = Stopwatch.GetTimestamp();
        while (await Height(http) < chain.Main.Count - 1)
        {
            if (waits is null)
                await Task.Delay(50, TestContext.Current.CancellationToken);
            else
                await Burst(http, asked, started);
        }

        using var process = Process.GetProcessById(node.Process.Id);
        var seconds = process.TotalProcessorTime.TotalSeconds;
        waits?.AddRange(await Task.WhenAll(asked));
        return seconds;
    }

    /// <summary>Asks as many as are due by now, whether the ones before are answered or not.</summary>
    private static async Task Burst(HttpClient http, List<Task<double>> asked, long started)
    {
        for (var i = 0; i < 50; i++)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * QuestionsPerSecond);
            while (asked.Count < due)
                asked.Add(Ask(http, Paths[asked.Count % Paths.Length]));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<double> Ask(HttpClient http, string path)
    {
        var sent = Stopwatch.GetTimestamp();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    private static async Task<int> Height(HttpClient http)
    {
        using var status = JsonDocument.Parse(
            await http.GetStringAsync(new Uri("/api/v1/status", UriKind.Relative), TestContext.Current.CancellationToken));
        return status.RootElement.GetProperty("tip").GetProperty("height").GetInt32();
    }

    private static double Of(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
