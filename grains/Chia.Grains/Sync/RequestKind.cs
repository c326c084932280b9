namespace Chia.Grains.Sync;

/// <summary>The three requests of a synchronisation (PROTOCOL.md 8.2).</summary>
internal enum RequestKind
{
    /// <summary><c>request_all_header_hashes</c>.</summary>
    HeaderHashes,

    /// <summary><c>request_header_blocks</c>.</summary>
    Headers,

    /// <summary><c>request_sync_blocks</c>.</summary>
    Blocks,
}
