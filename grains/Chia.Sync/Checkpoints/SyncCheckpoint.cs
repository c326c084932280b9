using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Sync.Checkpoints;

/// <summary>
/// What a restart needs to go on: target, hash list above our chain, and the records of verified headers. Accepted blocks are in the
/// chain itself, fetched ones in the sync collection.
/// </summary>
/// <param name="Target">Block id of the target.</param>
/// <param name="Height">Its height.</param>
/// <param name="ClaimedWeight">Its claimed total weight.</param>
/// <param name="ForkHeight">Height of the last block that was ours; at least one below the target.</param>
/// <param name="ListDigest">Identity of the hash list as it came.</param>
/// <param name="Hashes">Header hashes from the fork point (ours) to the target, both included.</param>
/// <param name="Records">Verified headers, contiguous from the fork point's successor.</param>
public sealed record SyncCheckpoint(
    Bytes32 Target,
    uint Height,
    ulong ClaimedWeight,
    uint ForkHeight,
    Bytes32 ListDigest,
    IReadOnlyList<Bytes32> Hashes,
    IReadOnlyList<BlockRecord> Records);
