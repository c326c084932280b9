using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>
/// One atomic change of the chain. Order of effects: blocks removed, blocks added, heights removed, heights set, tips, checkpoints.
/// Many blocks may share a commit (import, sync) and so one flush to the disk.
/// </summary>
public sealed record ChainCommit
{
    /// <summary>
    /// Blocks accepted, parents before children. A header hash already stored gets the new bytes and record:
    /// that is how a node switches to the other variant of a block (DECISIONS 1). Their copies among the sync blocks go away.
    /// </summary>
    public IReadOnlyList<StoredBlock> BlocksAdded { get; init; } = [];

    /// <summary>Blocks to forget; only a rewind does that. Unknown hashes are ignored.</summary>
    public IReadOnlyList<Bytes32> BlocksRemoved { get; init; } = [];

    /// <summary>The tips afterwards, in the order of CONSENSUS.md 13.3.</summary>
    public required IReadOnlyList<Bytes32> Tips { get; init; }

    /// <summary>Heights that leave the height table (CONSENSUS.md 13.4).</summary>
    public IReadOnlyList<uint> HeightsRemoved { get; init; } = [];

    /// <summary>Heights that enter the height table or change their block.</summary>
    public IReadOnlyList<HeightEntry> HeightsSet { get; init; } = [];

    /// <summary>Checkpoints that must change together with the chain; null deletes one.</summary>
    public IReadOnlyDictionary<string, byte[]?> Checkpoints { get; init; } = new Dictionary<string, byte[]?>();
}
