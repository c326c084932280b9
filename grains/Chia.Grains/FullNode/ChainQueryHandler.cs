using System.Collections.Immutable;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>Serving the chain to other full nodes (PROTOCOL.md 8.2, 10). Where the reference is silent, so are we.</summary>
internal sealed class ChainQueryHandler(FullNodeServices services)
{
    private readonly HeaderHashAnswers _hashes = new(services.Chain);

    public async Task<List<RoleEffect>> Block(PeerConnection from, Bytes32 headerHash) =>
        await services.Chain.GetBlock(headerHash) is { } block ? Respond(from, new BlockMessage(block.Block)) : [];

    public async Task<List<RoleEffect>> AllHeaderHashes(PeerConnection from, Bytes32 tip) =>
        await _hashes.To(tip) is { } answer ? [new RoleEffect.SendEncoded(from, answer)] : [];

    public async Task<List<RoleEffect>> HeaderBlocks(
        PeerConnection from, RequestHeaderBlocksMessage request, CancellationToken cancellation = default)
    {
        if (request.Heights.Length > services.Options.MaxHeadersToSend)
            return Refuse(
                from, Blame.Breach($"asked for {request.Heights.Length} headers, at most {services.Options.MaxHeadersToSend} are served"));
        if (request.Heights.IsEmpty)
            return [];
        var answer = await services.Chain.GetHeaderBlocks(request.TipHeaderHash, [.. request.Heights], cancellation);
        return answer.Outcome == RangeOutcome.Found
            ? Respond(from, new HeaderBlocksMessage(request.TipHeaderHash, Decode<HeaderBlock>(answer)))
            : Refuse(from, answer.Outcome);
    }

    public async Task<List<RoleEffect>> SyncBlocks(
        PeerConnection from, RequestSyncBlocksMessage request, CancellationToken cancellation = default)
    {
        // An unknown tip is met with silence even if too many blocks are asked for (PROTOCOL.md 8.2).
        if (await services.Chain.GetInfo(request.TipHeaderHash) is null || request.Heights.IsEmpty)
            return [];
        if (request.Heights.Length > services.Options.MaxBlocksToSend)
            return Refuse(
                from, Blame.Breach($"asked for {request.Heights.Length} blocks, at most {services.Options.MaxBlocksToSend} are served"));
        var answer = await services.Chain.GetBlocks(request.TipHeaderHash, [.. request.Heights], cancellation);
        return answer.Outcome == RangeOutcome.Found
            ? Respond(from, new SyncBlocksMessage(request.TipHeaderHash, Decode<FullBlock>(answer)))
            : Refuse(from, answer.Outcome);
    }

    private static List<RoleEffect> Refuse(PeerConnection from, RangeOutcome outcome) =>
        outcome == RangeOutcome.AboveTip ? Refuse(from, Blame.Breach("asked for a height above the tip it named")) : [];

    private static List<RoleEffect> Refuse(PeerConnection from, Blame blame) => [new RoleEffect.Penalise(from, blame)];

    private static ImmutableArray<T> Decode<T>(RangeAnswer answer)
        where T : class, IStreamable<T> =>
        [.. answer.Items.Select(item => StreamableExtensions.Decode<T>(item))];

    private static List<RoleEffect> Respond(PeerConnection to, Message message) => [new RoleEffect.Send(to, message)];
}
