namespace Chia.Silo.Rpc;

/// <summary>Speeds.</summary>
internal sealed record RateStatus(double BlocksPerSecond);
