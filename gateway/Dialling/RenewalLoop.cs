using Chia.Gateway.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>Tells the directory that this gateway lives and which connections it holds; those of a gateway that dies are forgotten.</summary>
internal sealed class RenewalLoop(LinkServices services, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, services.Time, stopping).ConfigureAwait(false);
                var held = services.Links.All.Where(link => link.IsEstablished).Select(link => link.Connection!).ToArray();
                await services.Directory.Renew(services.GatewayId, held).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error)
            {
                GatewayLog.UpkeepFailed(services.Log, error.Message);
            }
        }
    }
}
