using System.Diagnostics.CodeAnalysis;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.GrainInterfaces.Chain;

/// <summary>A block that passed the context-free checks, on its way to the chain.</summary>
/// <param name="Block">The block.</param>
/// <param name="Verdict">What the checks derived from it.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockSubmission")]
public sealed record BlockSubmission(BlockData Block, BlockVerdict Verdict);

/// <summary>What the context-free checks say of a block or header (CONSENSUS.md 11, 12 as far as they need no chain).</summary>
/// <param name="HeaderHash">Block id.</param>
/// <param name="Quality">Quality of the proof of space; zero if it is bad.</param>
/// <param name="Rule">The rule it breaks; null if it passes.</param>
/// <param name="Detail">What the rule found.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockVerdict")]
public sealed record BlockVerdict(
    Bytes32 HeaderHash,
    Bytes32 Quality,
    ConsensusRule? Rule = null,
    string? Detail = null)
{
    /// <summary>Every context-free rule holds.</summary>
    [MemberNotNullWhen(false, nameof(Rule))]
    public bool Passed => Rule is null;
}

/// <summary>A block that crosses grains: its bytes, and within one process the decoded block as well.</summary>
[GenerateSerializer, Immutable, Alias("chia.BlockData")]
public sealed class BlockData
{
    [Id(0)]
    private readonly byte[] _bytes;

    [NonSerialized]
    private FullBlock? _block;

    /// <summary>From stored bytes, which the caller gives away.</summary>
    public BlockData(byte[] bytes) => _bytes = bytes;

    /// <summary>From a decoded block.</summary>
    public BlockData(FullBlock block)
        : this(block.ToBytes()) => _block = block;

    /// <summary>ser(block).</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The block.</summary>
    public FullBlock Block => _block ??= StreamableExtensions.Decode<FullBlock>(_bytes);
}
