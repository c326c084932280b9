namespace Chia.Silo.Rpc;

/// <summary>One tip.</summary>
internal sealed record TipStatus(uint Height, string HeaderHash, ulong Weight, ulong Timestamp);
