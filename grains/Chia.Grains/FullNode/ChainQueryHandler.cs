using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.FullNode;

/// <summary>Serving the chain to other full nodes (PROTOCOL.md 8.2, 10). Where the reference is silent, so are we.</summary>
internal sealed class ChainQueryHandler(FullNodeServices services)
{
    private (Bytes32 Tip, OutboundMessage Answer)? _hashesAnswer;

    public async Task<HandlerResult> Block(Bytes32 headerHash) =>
        await services.Chain.GetBlock(headerHash) is { } block ? Respond(new BlockMessage(block.Block)) : HandlerResult.Nothing;

    /// <summary>The answer grows by 34 bytes a block and is asked for by everybody who syncs: the last one is kept.</summary>
    public async Task<HandlerResult> AllHeaderHashes(Bytes32 tip)
    {
        if (_hashesAnswer is { } cached && cached.Tip == tip)
            return HandlerResult.Send(cached.Answer);
        if (await services.Chain.GetHeaderHashes(tip) is not { } bytes)
            return HandlerResult.Nothing;
        var hashes = ImmutableArray.Create(MemoryMarshal.Cast<byte, Bytes32>(bytes));
        var answer = OutboundMessage.Of(NodeType.FullNode, Delivery.Respond, new AllHeaderHashesMessage(hashes));
        _hashesAnswer = (tip, answer);
        return HandlerResult.Send(answer);
    }

    public async Task<HandlerResult> HeaderBlocks(RequestHeaderBlocksMessage request)
    {
        if (request.Heights.Length > services.Options.MaxHeadersToSend)
            return HandlerResult.Of(Blame.Breach($"asked for {request.Heights.Length} headers, at most {services.Options.MaxHeadersToSend} are served"));
        if (request.Heights.IsEmpty)
            return HandlerResult.Nothing;
        var answer = await services.Chain.GetHeaderBlocks(request.TipHeaderHash, [.. request.Heights]);
        return answer.Outcome == RangeOutcome.Found
            ? Respond(new HeaderBlocksMessage(request.TipHeaderHash, Decode<HeaderBlock>(answer)))
            : Refuse(answer.Outcome);
    }

    public async Task<HandlerResult> SyncBlocks(RequestSyncBlocksMessage request)
    {
        // An unknown tip is met with silence even if too many blocks are asked for (PROTOCOL.md 8.2).
        if (await services.Chain.GetInfo(request.TipHeaderHash) is null || request.Heights.IsEmpty)
            return HandlerResult.Nothing;
        if (request.Heights.Length > services.Options.MaxBlocksToSend)
            return HandlerResult.Of(Blame.Breach($"asked for {request.Heights.Length} blocks, at most {services.Options.MaxBlocksToSend} are served"));
        var answer = await services.Chain.GetBlocks(request.TipHeaderHash, [.. request.Heights]);
        return answer.Outcome == RangeOutcome.Found
            ? Respond(new SyncBlocksMessage(request.TipHeaderHash, Decode<FullBlock>(answer)))
            : Refuse(answer.Outcome);
    }

    private static HandlerResult Refuse(RangeOutcome outcome) =>
        outcome == RangeOutcome.AboveTip
            ? HandlerResult.Of(Blame.Breach("asked for a height above the tip it named"))
            : HandlerResult.Nothing;

    private static ImmutableArray<T> Decode<T>(RangeAnswer answer)
        where T : class, IStreamable<T> =>
        [.. answer.Items.Select(item => StreamableExtensions.Decode<T>(item))];

    private static HandlerResult Respond(Message message) =>
        HandlerResult.Send(OutboundMessage.Of(NodeType.FullNode, Delivery.Respond, message));
}
