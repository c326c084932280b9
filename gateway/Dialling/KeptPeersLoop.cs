using Chia.Gateway.Connections;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Dialling;

/// <summary>Dials the peers that the operator wants kept connected while the node runs, and lets them be when he does not any
/// more.</summary>
internal sealed class KeptPeersLoop(LinkServices services, IDialler dialler, CancellationToken stopping)
{
    /// <summary>Between two looks: a person waits for it, and it costs a question to a grain.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<PeerAddress, CancellationTokenSource> _kept = [];
    private Upkeep? _upkeep;

    public async Task Run()
    {
        _upkeep = new Upkeep(services, stopping);
        await _upkeep.Run(Look, Interval).ConfigureAwait(false);
        foreach (var ending in _kept.Values)
            ending.Dispose();
    }

    private async Task<TimeSpan> Look()
    {
        var wanted = await services.Directory.GetKept().ConfigureAwait(false);
        foreach (var (peer, ending) in _kept.Where(kept => !wanted.Contains(kept.Key)).ToList())
        {
            _kept.Remove(peer);
            await ending.CancelAsync().ConfigureAwait(false);
        }

        foreach (var peer in wanted.Where(peer => !_kept.ContainsKey(peer)))
        {
            var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _kept.Add(peer, ending);
            _upkeep!.Begin(() => new ConfiguredPeerLoop(services, dialler, peer, peer.ToString(), ending.Token).Run());
        }

        return Interval;
    }
}
