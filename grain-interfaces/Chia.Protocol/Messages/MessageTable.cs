using System.Collections.Immutable;
using Chia.Protocol.Primitives;
using static Chia.Protocol.Primitives.Role;

namespace Chia.Protocol.Messages;

/// <summary>
/// The catalogue of PROTOCOL.md 8. A number in the comment of an entry is the largest payload, which follows from the largest values and
/// lists of its fields: a block has at most <see cref="Blocks.FullBlock.MaxSize"/> = 70,077 bytes, a header block 69,760, a proof of time
/// 68,773, a proof of space 605; a hash takes 34 bytes, a signature 98, an integer at most 9. Every field adds its name, every message its
/// own name and 7 bytes. Entries without a number stay below <see cref="MessageDefinition.SmallestLimit"/>.
/// </summary>
internal static class MessageTable
{
    /// <summary>Once per connection, or a few times an hour.</summary>
    private static readonly RateLimit Rare = new(PerSecond: 1, Burst: 10);

    /// <summary>
    /// Follows the tips: one in five minutes on the testnet, three at once on connect, a block a second or more on simulated networks, and
    /// chains of missing ancestors fetched one by one.
    /// </summary>
    private static readonly RateLimit Tips = new(PerSecond: 20, Burst: 200);

    /// <summary>Follows the candidates for a tip: several farmers with several proofs for each, up to ten for a block.</summary>
    private static readonly RateLimit Candidates = new(PerSecond: 50, Burst: 500);

    /// <summary>A peer that is alone with us asks for everything here, as fast as it gets answers: 25 headers or 5 blocks a
    /// message.</summary>
    private static readonly RateLimit Syncing = new(PerSecond: 50, Burst: 500);

    /// <summary>One for each plot that has a quality for a challenge, all at once: a large harvester has some 10,000.</summary>
    private static readonly RateLimit Plots = new(PerSecond: 5_000, Burst: 50_000);

    private static readonly ImmutableArray<Role> Roles = [FullNode, Harvester, Farmer, Timelord, Introducer];

    private static readonly ImmutableArray<MessageRoute> Everyone =
        [.. from sender in Roles from receiver in Roles select new MessageRoute(sender, receiver)];

    private static readonly MessageRoute NodeToNode = new(FullNode, FullNode);
    private static readonly MessageRoute NodeToIntroducer = new(FullNode, Introducer);
    private static readonly MessageRoute IntroducerToNode = new(Introducer, FullNode);
    private static readonly MessageRoute NodeToFarmer = new(FullNode, Farmer);
    private static readonly MessageRoute FarmerToNode = new(Farmer, FullNode);
    private static readonly MessageRoute FarmerToHarvester = new(Farmer, Harvester);
    private static readonly MessageRoute HarvesterToFarmer = new(Harvester, Farmer);
    private static readonly MessageRoute NodeToTimelord = new(FullNode, Timelord);
    private static readonly MessageRoute TimelordToNode = new(Timelord, FullNode);

    /// <summary>All messages, in the order of the catalogue.</summary>
    public static ImmutableArray<MessageDefinition> All { get; } =
    [
        // 8.1 Shared.
        new(HandshakeMessage.Codec, Rare, Everyone) { Phase = MessagePhase.Handshake },
        new(HandshakeAckMessage.Codec, Rare, Everyone) { Phase = MessagePhase.Handshake },
        new(PingMessage.Codec, Rare, Everyone) { Reply = One(PongMessage.Name) },
        new(PongMessage.Codec, Rare, Everyone) { Solicited = true },

        // 8.2 Full node ↔ full node. block: 70,100; unfinished_block: 70,111; new_proof_of_time: 68,808.
        new(BlockMessage.Codec, Tips, NodeToNode),
        new(UnfinishedBlockMessage.Codec, Candidates, NodeToNode),

        // Three reference nodes echo one proof among each other for ever, as fast as they can verify it (PROTOCOL.md 11.15).
        new(NewProofOfTimeMessage.Codec, Candidates, NodeToNode),
        new(RequestBlockMessage.Codec, Tips, NodeToNode) { Reply = OneOrSilence(BlockMessage.Name) },

        // all_header_hashes: 34 bytes × 1,973,788 and 43 = 67,108,835: just under 64 MiB.
        new(RequestAllHeaderHashesMessage.Codec, Rare, NodeToNode) { Reply = OneOrSilence(AllHeaderHashesMessage.Name) },
        new(AllHeaderHashesMessage.Codec, Rare, NodeToNode) { Solicited = true },

        // 256 heights: 1.4 kB. header_blocks: 256 × (69,760 + 5) = 17,859,840 and 87 of frame; a default answer has 25 × 1.7 kB.
        new(RequestHeaderBlocksMessage.Codec, Syncing, NodeToNode) { Reply = OneOrSilence(HeaderBlocksMessage.Name) },
        new(HeaderBlocksMessage.Codec, Syncing, NodeToNode) { Solicited = true },

        // sync_blocks: 256 × (70,077 + 5) = 17,940,992 and 78 of frame; a default answer has 5 × 2 kB.
        new(RequestSyncBlocksMessage.Codec, Syncing, NodeToNode) { Reply = OneOrSilence(SyncBlocksMessage.Name) },
        new(SyncBlocksMessage.Codec, Syncing, NodeToNode) { Solicited = true },

        // 8.3 Full node ↔ introducer. peers: 1,000 × (6 + 255 + 3) and 25 = 264,025.
        new(RequestPeersMessage.Codec, Rare, NodeToIntroducer) { Reply = OneOrSilence(PeersMessage.Name) },
        new(PeersMessage.Codec, Rare, IntroducerToNode) { Solicited = true },

        // 8.4 Farmer ↔ full node.
        new(ProofOfSpaceFinalizedMessage.Codec, Tips, NodeToFarmer),
        new(ProofOfSpaceArrivedMessage.Codec, Tips, NodeToFarmer),
        new(ProofOfTimeRateMessage.Codec, Tips, NodeToFarmer),
        new(RequestHeaderHashMessage.Codec, Candidates, FarmerToNode) { Reply = OneOrSilence(HeaderHashMessage.Name) },
        new(HeaderHashMessage.Codec, Candidates, NodeToFarmer) { Solicited = true },
        new(HeaderSignatureMessage.Codec, Candidates, FarmerToNode),

        // 8.5 Farmer ↔ harvester. harvester_handshake: 1,000 × 50 and 42 = 50,042.
        new(HarvesterHandshakeMessage.Codec, Tips, FarmerToHarvester),
        new(NewChallengeMessage.Codec, Tips, FarmerToHarvester) { Reply = new(ChallengeResponseMessage.Name, ReplyKind.Any) },
        new(ChallengeResponseMessage.Codec, Plots, HarvesterToFarmer) { Solicited = true },
        new(RequestProofOfSpaceMessage.Codec, Plots, FarmerToHarvester) { Reply = OneOrSilence(RespondProofOfSpaceMessage.Name) },
        new(RespondProofOfSpaceMessage.Codec, Plots, HarvesterToFarmer) { Solicited = true },

        // Goes to all harvesters; ours stays silent where it does not know the quality, the reference closes.
        new(RequestHeaderSignatureMessage.Codec, Plots, FarmerToHarvester) { Reply = OneOrSilence(RespondHeaderSignatureMessage.Name) },
        new(RespondHeaderSignatureMessage.Codec, Plots, HarvesterToFarmer) { Solicited = true },
        new(RequestPartialProofMessage.Codec, Plots, FarmerToHarvester) { Reply = One(RespondPartialProofMessage.Name) },
        new(RespondPartialProofMessage.Codec, Plots, HarvesterToFarmer) { Solicited = true },

        // 8.6 Timelord ↔ full node. proof_of_time_finished: 68,813.
        new(ChallengeStartMessage.Codec, Tips, NodeToTimelord),
        new(ProofOfSpaceInfoMessage.Codec, Candidates, NodeToTimelord),
        new(ProofOfTimeFinishedMessage.Codec, Candidates, TimelordToNode),

        // 8.7 to 8.9: data definitions. Nobody may send them: a reference peer closes on them.
        Unused(RequestDataMessage.Codec),
        Unused(RespondDataMessage.Codec),
        Unused(PartialMessage.Codec),
        Unused(PartialAckMessage.Codec),
        Unused(SendTransactionMessage.Codec),
        Unused(NewLcaMessage.Codec),
        Unused(RequestHeaderMessage.Codec),
        Unused(HeaderMessage.Codec),
        Unused(RequestAncestorsMessage.Codec),
        Unused(AncestorsMessage.Codec),
        Unused(RequestBodyMessage.Codec),
        Unused(RespondBodyMessage.Codec),
        Unused(TransactionIdMessage.Codec),
        Unused(RequestTransactionMessage.Codec),
        Unused(NewTransactionMessage.Codec),
    ];

    private static ExpectedReply One(string function) => new(function, ReplyKind.One);

    private static ExpectedReply OneOrSilence(string function) => new(function, ReplyKind.OneOrSilence);

    private static MessageDefinition Unused(MessageCodec codec) => new(codec, Rare);
}
