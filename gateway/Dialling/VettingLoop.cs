using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;

namespace Chia.Gateway.Dialling;

/// <summary>An introducer's way to know that the addresses it hands out are alive: it tries them out itself (DECISIONS 14).</summary>
internal sealed class VettingLoop(LinkServices services, Dialler dialler, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Addresses tried out at one time: a full book is through within minutes, even if most are dead.</summary>
    private const int AtOnce = 20;

    private readonly PeerProbe _probe = new(services, dialler);
    private readonly List<Task> _tests = [];

    public async Task Run()
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await Look().ConfigureAwait(false);
                await Task.Delay(Interval, services.Time, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }

        await Task.WhenAll(_tests).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Look()
    {
        try
        {
            _tests.RemoveAll(test => test.IsCompleted);
            if (_tests.Count >= AtOnce)
                return;
            foreach (var candidate in await services.Directory.GetVettingCandidates(AtOnce - _tests.Count).ConfigureAwait(false))
                _tests.Add(Test(candidate));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            GatewayLog.UpkeepFailed(services.Log, error.Message);
        }
    }

    private async Task Test(PeerEndpoint target)
    {
        try
        {
            if (await _probe.IsFullNode(target, stopping).ConfigureAwait(false))
                await services.Directory.Reached(target).ConfigureAwait(false);
            else
                await services.Directory.DialFailed(target).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            GatewayLog.UpkeepFailed(services.Log, error.Message);
        }
    }
}
