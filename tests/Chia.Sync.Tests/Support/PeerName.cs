using Chia.Protocol.Primitives;

namespace Chia.Sync.Tests.Support;

/// <summary>A peer as a script names it.</summary>
internal readonly record struct PeerName(ConnectionId Id)
{
    public static implicit operator PeerName(string name) => new(ConnectionId.Parse(name));

    public static implicit operator PeerName(ConnectionId id) => new(id);

    public static implicit operator ConnectionId(PeerName name) => name.Id;

    public override string ToString() => Id.ToString();
}
