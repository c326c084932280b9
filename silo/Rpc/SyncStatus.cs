namespace Chia.Silo.Rpc;

/// <summary>What the sync is doing.</summary>
internal sealed record SyncStatus(
    string Phase, long Done, long Total, double Percent, double PerSecond, uint TargetHeight, ulong TargetWeight, string TargetHash, int PeersInUse, string Reason);
