using Chia.Gateway.Connections;
using Chia.Gateway.Diagnostics;

namespace Chia.Gateway.Dialling;

/// <summary>What the gateway does again and again while it lives: one step after the other, and visits beside each other. A fault costs
/// one of them.</summary>
internal sealed class Upkeep(LinkServices services, CancellationToken stopping)
{
    private readonly List<Task> _visits = [];

    /// <summary>Visits under way.</summary>
    public int Visits
    {
        get
        {
            _visits.RemoveAll(visit => visit.IsCompleted);
            return _visits.Count;
        }
    }

    /// <summary>Takes a step, waits as long as it says, and so on until the gateway stops and the visits have ended.</summary>
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

        await Task.WhenAll(_visits).ConfigureAwait(false);
    }

    /// <summary>Begins a visit beside the steps.</summary>
    public void Begin(Func<Task> visit) => _visits.Add(Guarded(visit));

    /// <summary>A fault of ours must not end what goes on for ever.</summary>
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
