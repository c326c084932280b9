namespace Chia.Silo.Simulation;

/// <summary>Stops a random full node every half minute and starts it again a little later: the network must go on and converge.</summary>
/// <param name="network">The network.</param>
/// <param name="chance">Draws the victims.</param>
internal sealed class KillTest(SimulatedNetwork network, Random chance)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Downtime = TimeSpan.FromSeconds(5);

    /// <summary>Kills so far.</summary>
    public int Count { get; private set; }

    public async Task Run(Action<string> tell, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval - Downtime, stopping);
                var victim = network.Nodes[chance.Next(network.Nodes.Count)];
                tell($"{victim.Name} is stopped");
                await victim.Stop();
                Count++;
                await Task.Delay(Downtime, stopping);
                await Restart(victim, tell, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The simulation stops.
        }
    }

    private static async Task Restart(SimulatedHost victim, Action<string> tell, CancellationToken stopping)
    {
        try
        {
            await victim.Start(stopping);
            tell($"{victim.Name} is started again");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The next time it is drawn it is tried again.
            tell($"{victim.Name} cannot be started: {error.Message}");
        }
    }
}
