using Chia.Gateway.Connections;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Dialling;

/// <summary>Dials peers for ever, as long as they are wanted: a loop for each. Not thread-safe.</summary>
internal sealed class WantedPeers(LinkServices services, IDialler dialler, Upkeep upkeep, CancellationToken stopping) : IDisposable
{
    private readonly Dictionary<PeerAddress, CancellationTokenSource> _peers = [];

    /// <summary>
    /// Sets the wanted peers: dials those that are new, and lets go of those that are no longer wanted, connections included.
    /// </summary>
    /// <param name="wanted">Address, and what its dials are claimed as among several gateways.</param>
    public async Task Set(IEnumerable<(PeerAddress Address, string ClaimedAs)> wanted)
    {
        var all = wanted.DistinctBy(peer => peer.Address).ToList();
        foreach (var (address, ending) in _peers.Where(peer => all.TrueForAll(p => p.Address != peer.Key)).ToList())
        {
            _peers.Remove(address);
            await ending.CancelAsync().ConfigureAwait(false);
            ending.Dispose();
        }

        foreach (var (address, claimedAs) in all.Where(peer => !_peers.ContainsKey(peer.Address)))
        {
            var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _peers.Add(address, ending);
            upkeep.Begin(() => new ConfiguredPeerLoop(services, dialler, address, claimedAs, ending.Token).Run());
        }
    }

    public void Dispose()
    {
        foreach (var ending in _peers.Values)
            ending.Dispose();
    }
}
