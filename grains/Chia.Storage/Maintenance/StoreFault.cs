using Chia.Protocol.Primitives;

namespace Chia.Storage.Maintenance;

/// <summary>One thing that is wrong with a store.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Height">Height of the block concerned, where there is one.</param>
/// <param name="HeaderHash">Its header hash, where there is one.</param>
/// <param name="Detail">What was found.</param>
public sealed record StoreFault(StoreFaultKind Kind, uint? Height, Bytes32? HeaderHash, string Detail)
{
    /// <summary>One line: where and what.</summary>
    public override string ToString()
    {
        var height = Height is { } h ? $"height {h}, " : "";
        var block = HeaderHash is { } hash ? $"block {hash}, " : "";
        return $"{height}{block}{Kind}: {Detail}";
    }
}
