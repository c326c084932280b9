using Chia.Gateway.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>Keeps connected the peers that the operator asked for at run time, until they are removed.</summary>
internal sealed class KeptPeersLoop(LinkServices services, IDialler dialler, CancellationToken stopping)
{
    /// <summary>How often to look for changes: a person waits for it, and it costs a question to a grain.</summary>
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
