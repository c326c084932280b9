using System.Diagnostics;
using Chia.Cluster.Tests.Support;
using Chia.Testing;

namespace Chia.Cluster.Tests.Figures;

/// <summary>How long a client does without the chain when its silo is killed, frozen or told to stop (CLUSTER 3). By hand:
/// docs/scaling.md says how.</summary>
public class PauseFigures
{
    private const int Rounds = 3;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(12), BetweenCalls = TimeSpan.FromMilliseconds(20);

    [Theory(Explicit = true)]
    [InlineData("KILL")]
    [InlineData("STOP")]
    [InlineData("TERM")]
    public async Task Pause_of_the_chain_as_a_client_sees_it(string signal)
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        await cluster.StartSilos(3);
        await using var client = await ClusterClient.Connect(cluster);
        for (var round = 1; round <= Rounds; round++)
        {
            await client.Chain.GetSnapshot();
            var home = await client.HomeOfTheChain(cluster);
            var (pause, failed) = await Watch(client, () => Signal(home, signal));
            Figures.Say($"SIG{signal}, {round}: {pause.TotalSeconds:F2} s without an answer, {failed} calls failed");
            if (signal == "STOP")
                await home.Process.KillHard();
            cluster.Silos.Remove(home);
            await cluster.StartSilo();
        }
    }

    /// <summary>Calls again and again, several at a time: the longest time without an answer, and how many got none.</summary>
    private static async Task<(TimeSpan Pause, int Failed)> Watch(ClusterClient client, Action strike)
    {
        var (longest, failed) = (TimeSpan.Zero, 0);
        var begin = Stopwatch.GetTimestamp();
        var (last, struck, calls) = (begin, false, new List<Task>());
        var gate = new Lock();
        while (Stopwatch.GetElapsedTime(begin) < Watched)
        {
            if (!struck && Stopwatch.GetElapsedTime(begin) > TimeSpan.FromSeconds(1))
            {
                strike();
                struck = true;
            }

            calls.Add(Call());
            await Task.Delay(BetweenCalls, TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(calls);
        return (longest, failed);

        async Task Call()
        {
            try
            {
                await client.Chain.GetSnapshot();
                lock (gate)
                {
                    var now = Stopwatch.GetTimestamp();
                    longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(last, now).Ticks));
                    last = now;
                }
            }
            catch (Exception error)
            {
                lock (gate)
                {
                    if (failed++ == 0)
                        Figures.Say($"the first that failed: {error.GetType().Name}: {error.Message}");
                }
            }
        }
    }

    private static void Signal(SiloProcess silo, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{silo.Process.Id}"]);
        kill.WaitForExit();
    }
}
