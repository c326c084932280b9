using System.Text.Json.Serialization;

namespace Chia.Silo.Api.Shapes;

/// <summary>Connections.</summary>
internal sealed record PeerList(IReadOnlyList<PeerRow> Peers);

/// <summary>One connection.</summary>
/// <param name="Id">Names it, as for <c>DELETE</c>.</param>
/// <param name="Role">The peer's role.</param>
/// <param name="LocalRole">Ours on it.</param>
/// <param name="Address">HOST:PORT as the socket shows it.</param>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="AnnouncedPort">The port that it says it listens on; 0 if none.</param>
/// <param name="NodeId">The node id that it announced.</param>
/// <param name="Direction">outbound: we dialled it. inbound: it dialled us.</param>
/// <param name="Configured">The configuration names it: redialled for ever, never banned.</param>
/// <param name="ConnectedSeconds">Since the handshake.</param>
/// <param name="Gateway">The gateway that holds it.</param>
/// <param name="BytesReceived">Length of what the peer sent.</param>
/// <param name="BytesSent">Length of what was sent to it.</param>
/// <param name="Score">What is held against it: 0 for nothing, at 100 it is dropped; half is forgiven every ten minutes.</param>
internal sealed record PeerRow(
    string Id,
    string Role,
    string LocalRole,
    string Address,
    string Host,
    int Port,
    int AnnouncedPort,
    string NodeId,
    string Direction,
    bool Configured,
    double ConnectedSeconds,
    string Gateway,
    long BytesReceived,
    long BytesSent,
    double Score)
{
    /// <summary>The greatest height that it spoke of; null if of none yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint? Height { get; init; }
}
