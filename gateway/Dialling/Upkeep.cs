using Chia.Gateway.Connections;
using Chia.Gateway.Diagnostics;

namespace Chia.Gateway.Dialling;

/// <summary>
/// Runs what the gateway does periodically: steps one after the other, and visits beside them. A fault ends only the step or visit that
/// it happened in.
/// </summary>
internal sealed class Upkeep(LinkServices services, CancellationToken stopping)
{
    private readonly List<Task> _visits = [];

    /// <summary>Visits under way.</summary>
    public int Visits => UnderWay().Length;

    /// <summary>Takes steps, each followed by the pause that it returns, until the gateway stops and all visits have ended.</summary>
    /// <param name="step">Returns the pause after it.</param>
    /// <param name="afterFault">The pause after a step that failed.</param>
    public async Task Run(Func<Task<TimeSpan>> step, TimeSpan afterFault)
    {
        while (!stopping.IsCancellationRequested)
        {
            var pause = afterFault;
            await Guarded(async () => pause = await step().ConfigureAwait(false)).ConfigureAwait(false);
            await Task.Delay(pause, services.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        while (UnderWay() is { Length: > 0 } visits)
            await Task.WhenAll(visits).ConfigureAwait(false);
    }

    /// <summary>Begins a visit beside the steps; a visit may begin others.</summary>
    public void Begin(Func<Task> visit)
    {
        var begun = Guarded(visit);
        lock (_visits)
            _visits.Add(begun);
    }

    private Task[] UnderWay()
    {
        lock (_visits)
        {
            _visits.RemoveAll(visit => visit.IsCompleted);
            return [.. _visits];
        }
    }

    /// <summary>Logs the fault of a visit: it must not end what goes on for ever.</summary>
    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The gateway stops.
        }
        catch (Exception error)
        {
            GatewayLog.UpkeepFailed(services.Log, error.Message);
        }
    }
}
