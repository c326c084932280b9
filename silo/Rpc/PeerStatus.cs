namespace Chia.Silo.Rpc;

/// <summary>One connection.</summary>
internal sealed record PeerStatus(string Role, string Host, int Port, int AnnouncedPort, string NodeId, string Direction, double ConnectedSeconds);
