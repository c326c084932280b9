using System.Threading.Channels;
using Chia.Gateway.Connections;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Dialling;

/// <summary>Keeps the configured peers connected, and follows changes of the configuration.</summary>
internal sealed class ConfiguredPeersLoop(LinkServices services, IDialler dialler, CancellationToken stopping)
{
    /// <summary>The pause after a change that could not be carried out; the next change is waited for all the same.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    /// <summary>Changes of the configuration; only the newest counts.</summary>
    private readonly Channel<IReadOnlyList<(PeerAddress Address, string ClaimedAs)>> _changes =
        Channel.CreateBounded<IReadOnlyList<(PeerAddress Address, string ClaimedAs)>>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Replaces the configured peers.</summary>
    public void Set(IReadOnlyList<(PeerAddress Address, string ClaimedAs)> peers) => _changes.Writer.TryWrite(peers);

    public async Task Run()
    {
        var upkeep = new Upkeep(services, stopping);
        using var peers = new WantedPeers(services, dialler, upkeep, stopping);
        await upkeep.Run(async () =>
        {
            await peers.Set(await _changes.Reader.ReadAsync(stopping).ConfigureAwait(false)).ConfigureAwait(false);
            return TimeSpan.Zero;
        }, AfterFault).ConfigureAwait(false);
    }
}
