namespace Chia.Grains.Sync;

/// <summary>What one peer contributes, for the status.</summary>
/// <param name="Peer">Connection id.</param>
/// <param name="OpenRequests">Requests open at it.</param>
/// <param name="Overdue">Those that outlasted its patience.</param>
/// <param name="Latency">Running average of its answer time, if measured.</param>
/// <param name="ItemsPerSecond">Running average of headers or blocks per second of waiting.</param>
internal sealed record PeerProgress(string Peer, int OpenRequests, int Overdue, TimeSpan? Latency, double ItemsPerSecond);
