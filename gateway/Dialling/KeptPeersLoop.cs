using Chia.Gateway.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>Dials the peers that the operator wants kept connected while the node runs, and lets them be when he does not any
/// more.</summary>
internal sealed class KeptPeersLoop(LinkServices services, IDialler dialler, CancellationToken stopping)
{
    /// <summary>Between two looks: a person waits for it, and it costs a question to a grain.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async Task Run()
    {
        var upkeep = new Upkeep(services, stopping);
        using var peers = new WantedPeers(services, dialler, upkeep, stopping);
        await upkeep.Run(async () =>
        {
            var wanted = await services.Directory.GetKept().ConfigureAwait(false);
            await peers.Set(wanted.Select(peer => (peer, peer.ToString()))).ConfigureAwait(false);
            return Interval;
        }, Interval).ConfigureAwait(false);
    }
}
