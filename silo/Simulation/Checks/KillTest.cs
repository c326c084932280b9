using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation.Checks;

/// <summary>
/// Every half minute ends one of the victims and starts it again: nodes of this process, or silos and gateways of a cluster, which are
/// killed. After each, the network must have everything that it had acknowledged, and agree on more.
/// </summary>
/// <param name="victims">Who may be ended.</param>
/// <param name="blocks">Tells whether something was lost.</param>
/// <param name="chance">Draws the victims.</param>
/// <param name="time">The clock.</param>
internal sealed class KillTest(IReadOnlyList<ISimulatedHost> victims, AcknowledgedBlocks blocks, Random chance, TimeProvider time)
{
    /// <summary>The pause from one victim's return to the end of the next.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(25);

    /// <summary>How long a victim is down: about as long as it takes to be found dead, so that both cases occur.</summary>
    public static readonly TimeSpan Downtime = TimeSpan.FromSeconds(5);

    /// <summary>Kills so far.</summary>
    public int Count { get; private set; }

    /// <summary>Kills that the network survived, as far as was waited for.</summary>
    public int Survived { get; private set; }

    /// <summary>What was lost, or which node did not come back; null while all is well. The first fault ends the test.</summary>
    public string? Fault { get; private set; }

    /// <summary>The result in one line.</summary>
    public string Verdict => Fault is null
        ? $"kill test: {Count} killed, {Survived} looked at afterwards: nothing acknowledged was lost, all nodes agreed"
        : $"chia: kill test: after {Count} kills {Fault}";

    /// <summary>Completes when it is told to stop, or has found a fault.</summary>
    public async Task Run(Action<string> tell, CancellationToken stopping)
    {
        try
        {
            while (Fault is null)
            {
                await Task.Delay(Pause, time, stopping);
                await KillOne(tell, stopping);
            }

            tell($"kill test: {Fault}");
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The simulation stops; a start that was under way ends in its own way.
        }
    }

    private async Task KillOne(Action<string> tell, CancellationToken stopping)
    {
        var victim = victims[chance.Next(victims.Count)];
        var had = await blocks.Read();
        await victim.Kill();
        Count++;
        tell($"{victim.Name} is killed");
        await Task.Delay(Downtime, time, stopping);
        try
        {
            await victim.Start(stopping);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            Fault = $"{victim.Name} cannot be started again: {error.Message}";
            return;
        }

        tell($"{victim.Name} is started again");
        Fault = await blocks.FindLoss(had, stopping) is { } loss ? $"({victim.Name} the last) {loss}" : null;
        if (Fault is null)
            Survived++;
    }
}
