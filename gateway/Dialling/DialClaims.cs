using System.Collections.Concurrent;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Dialling;

/// <summary>Addresses that are being dialled or are connected by a dial.</summary>
internal sealed class DialClaims
{
    private readonly ConcurrentDictionary<PeerAddress, byte> _taken = new();

    /// <summary>Takes an address until the claim is disposed; null if it is taken.</summary>
    public IDisposable? TryTake(PeerAddress target) => _taken.TryAdd(target, 0) ? new Claim(_taken, target) : null;

    private sealed class Claim(ConcurrentDictionary<PeerAddress, byte> taken, PeerAddress address) : IDisposable
    {
        public void Dispose() => taken.TryRemove(address, out _);
    }
}
