using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Hosting;

/// <summary>One role of a node.</summary>
internal sealed record RoleSettings(NodeType Role, int Port)
{
    /// <summary>Peers dialled for ever.</summary>
    public IReadOnlyList<PeerEndpoint> Connect { get; init; } = [];

    /// <summary>Where addresses of full nodes come from.</summary>
    public PeerEndpoint? Introducer { get; init; }

    /// <summary>Between visits to the introducer while peers are missing.</summary>
    public TimeSpan IntroducerInterval { get; init; } = TimeSpan.FromSeconds(120);
}
