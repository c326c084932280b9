using Chia.Protocol.Primitives;

namespace Chia.Storage;

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

/// <summary>What can be wrong with a store.</summary>
public enum StoreFaultKind
{
    /// <summary>The medium complains about itself (for SQLite: integrity_check), or what it holds beside the chain is not what was
    /// written.</summary>
    Medium,

    /// <summary>A record's checksum or form is wrong.</summary>
    RecordUnreadable,

    /// <summary>A record has no block, or the block's bytes fail their checksum.</summary>
    BlockUnreadable,

    /// <summary>The bytes are not a finished block.</summary>
    BlockUndecodable,

    /// <summary>The block's header hash is not the key it is stored under.</summary>
    HeaderHash,

    /// <summary>Header and rest of the block do not belong together: body hash or proof-of-space hash.</summary>
    BlockContent,

    /// <summary>The record says something else than the block.</summary>
    Record,

    /// <summary>The parent is missing, or height, weight or iterations do not continue it.</summary>
    Link,

    /// <summary>A first block that is not the network's genesis.</summary>
    Genesis,

    /// <summary>The tips are missing, unknown, repeated, or lighter than a stored block.</summary>
    Tips,

    /// <summary>The height table is not the chain to the tips' least common ancestor.</summary>
    HeightIndex,
}
