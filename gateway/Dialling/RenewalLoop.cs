using Chia.Gateway.Broadcasts;
using Chia.Gateway.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>
/// Tells the directory periodically that this gateway lives and which connections it holds; the directory forgets those of a gateway
/// that dies. Learns in return who is banned, and checks that no broadcast was lost unnoticed.
/// </summary>
internal sealed class RenewalLoop(LinkServices services, BroadcastReceiver broadcasts, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public Task Run() => new Upkeep(services, stopping).Run(Renew, Interval);

    /// <summary>Tells the directory all that this gateway holds.</summary>
    public async Task<TimeSpan> Renew()
    {
        var held = services.Links.All.Where(link => link.IsEstablished).Select(link => link.Connection! with { Age = link.Age }).ToArray();
        services.Links.Bans.Replace(await services.Directory.Renew(services.GatewayId, held).ConfigureAwait(false));
        var stand = await services.Directory.Subscribed(services.GatewayId, broadcasts.Subscriptions).ConfigureAwait(false);
        await broadcasts.Uphold(areGone: !stand).ConfigureAwait(false);
        // Where gateways stand apart, each beat asks.
        if (services.Options.IsOneOfSeveral)
            await broadcasts.Hear(services.GatewayId).ConfigureAwait(false);
        else
            await broadcasts.FindLost().ConfigureAwait(false);
        return Interval;
    }
}
