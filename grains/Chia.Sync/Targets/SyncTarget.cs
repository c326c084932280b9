using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Ranges;

namespace Chia.Sync.Targets;

/// <summary>The tip being synchronised to.</summary>
internal sealed class SyncTarget(Bytes32 hash, uint height, ulong claimedWeight)
{
    /// <summary>Block id.</summary>
    public Bytes32 Hash { get; } = hash;

    /// <summary>Height; the hash covers it through the body.</summary>
    public uint Height { get; } = height;

    /// <summary>The weight its announcer claims; the hash does not cover it.</summary>
    public ulong ClaimedWeight { get; } = claimedWeight;

    /// <summary>The weight by our own rules, once the headers are verified.</summary>
    public ulong? ProvenWeight { get; set; }

    /// <summary>The weight to go by now.</summary>
    public ulong Weight => ProvenWeight ?? ClaimedWeight;

    /// <summary>The announced copy under check; null after a restart.</summary>
    public PotentialTip? Tip { get; init; }

    /// <summary>The hash list in use.</summary>
    public HashList? HashList { get; set; }

    /// <summary>Height of the last block that we have.</summary>
    public uint ForkHeight { get; set; }

    /// <summary>The fork point was lowered once (<see cref="FailureScope.ForkPoint"/>).</summary>
    public bool ForkLowered { get; set; }

    /// <summary>Lists that were proven false: who sends one again is lying.</summary>
    public HashSet<Bytes32> FalseLists { get; } = [];

    /// <summary>Somebody that had it was found lying.</summary>
    public bool HadLiars { get; set; }

    /// <summary>Headers in transit, during <see cref="SyncPhase.Headers"/>.</summary>
    public RangeScheduler<HeaderBlock>? Headers { get; set; }

    /// <summary>Blocks in transit, during <see cref="SyncPhase.Blocks"/>.</summary>
    public RangeScheduler<FullBlock>? Blocks { get; set; }

    /// <summary>Blocks kept from before a restart.</summary>
    public IReadOnlyList<FullBlock> Stored { get; set; } = [];

    /// <summary>Rounds of forgiven silence.</summary>
    public int Forgiven { get; set; }

    /// <summary>When silence is forgiven next; null if nobody is waited for.</summary>
    public TimeSpan? ForgiveAt { get; set; }
}
