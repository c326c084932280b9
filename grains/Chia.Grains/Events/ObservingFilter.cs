using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Events;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Chain;
using Chia.Grains.Diagnostics;
using Chia.Grains.Peers;
using Chia.Grains.Placement;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Events;

/// <summary>
/// Watches the calls that say what happens in a node, and makes events and figures of them (OPERATIONS 3, 4): the grains themselves know
/// nothing of it. Calls of other grains pass untouched.
/// </summary>
/// <param name="tap">Where events go.</param>
/// <param name="time">The clock.</param>
public sealed class ObservingFilter(EventTap tap, TimeProvider time) : IIncomingGrainCallFilter
{
    /// <summary>Blocks of one call that are told one by one; a sync brings more at a time, and its tip says enough.</summary>
    private const int MostBlocksTold = 4;

    /// <summary>How far a reorganisation is followed down.</summary>
    private const int DeepestTold = 1000;

    /// <summary>Whose connection the grain of a peer serves; forgotten with the grain, wherever it goes on.</summary>
    private readonly ConditionalWeakTable<object, PeerConnection> _peers = [];
    private readonly ConcurrentDictionary<NodeName, TipInfo> _tips = [];

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) => context.Grain switch
    {
        BlockchainGrain when context.MethodName is nameof(IBlockchainGrain.Accept) => ObserveBlocks(context),
        BlockchainGrain when context.MethodName is nameof(IBlockchainGrain.SwitchVariant) => ObserveSwitch(context),
        PeerGrain => ObservePeer(context),
        _ => context.Invoke(),
    };

    private async Task ObserveBlocks(IIncomingGrainCallContext context)
    {
        var node = NodeOfGrain.Of(context.TargetContext.GrainId);
        var chain = await KnowTip(node, context);
        using var activity = ChiaActivity.Start("chia.block.commit");
        var started = time.GetTimestamp();
        await context.Invoke();
        if (context.Result is not AcceptAnswer answer)
            return;
        foreach (var outcome in answer.Outcomes)
            ChiaMeter.Block(outcome.Outcome);
        ChiaMeter.Validated(ChiaMeter.ContextualStage, time.GetElapsedTime(started));
        activity?.SetTag("chia.block", answer.Outcomes.LastOrDefault()?.HeaderHash.ToString());
        if (answer.Outcomes.Length <= MostBlocksTold)
        {
            foreach (var outcome in answer.Outcomes)
                tap.Note(node, Describe(outcome));
        }

        await NoteTip(node, answer.Chain, chain);
    }

    /// <summary>Another variant of a block with more on top of it is another tip, as one that was handed in is.</summary>
    private async Task ObserveSwitch(IIncomingGrainCallContext context)
    {
        var node = NodeOfGrain.Of(context.TargetContext.GrainId);
        var chain = await KnowTip(node, context);
        await context.Invoke();
        if (context.Result is ChainSnapshot changed)
            await NoteTip(node, changed, chain);
    }

    /// <summary>A chain that was loaded has a tip, whose leaving is told as any other's.</summary>
    private async Task<IBlockchainGrain> KnowTip(NodeName node, IIncomingGrainCallContext context)
    {
        var chain = (IBlockchainGrain)context.Grain;
        if (!_tips.ContainsKey(node))
            _tips[node] = (await chain.GetSnapshot()).Heaviest;
        return chain;
    }

    private NodeEvent Describe(BlockOutcome outcome) => New(NodeEventKinds.Block, Role.FullNode) with
    {
        Hash = outcome.HeaderHash.ToString(),
        Height = outcome.Block?.Height,
        Weight = outcome.Block?.TotalWeight,
        Outcome = ChiaMeter.NameOf(outcome.Outcome),
    };

    private async Task NoteTip(NodeName node, ChainSnapshot answer, IBlockchainGrain chain)
    {
        var (tip, before) = (answer.Heaviest, _tips[node]);
        // Calls wait for each other to write, not to be told of: an older answer that is seen late brings no older tip back.
        if (before.HeaderHash == tip.HeaderHash || tip.TotalWeight < before.TotalWeight)
            return;
        _tips[node] = tip;
        var depth = await DepthOf(before, chain);
        if (depth > 0)
            ChiaMeter.Reorganised(depth);
        tap.Note(node, New(NodeEventKinds.Tip, Role.FullNode) with
        {
            Hash = tip.HeaderHash.ToString(),
            Height = tip.Height,
            Weight = tip.TotalWeight,
            Depth = depth > 0 ? depth : null,
        });
    }

    /// <summary>Blocks that left the chain: from the tip before down to the first that is on the chain still.</summary>
    private static async Task<uint> DepthOf(TipInfo before, IBlockchainGrain chain)
    {
        if ((await chain.GetPlace(before.HeaderHash))?.Row.IsOnChain != false)
            return 0;
        uint depth = 0;
        foreach (var left in await chain.GetBranch(before.HeaderHash, DeepestTold))
        {
            if ((await chain.GetAtHeight(left.Height))?.HeaderHash == left.HeaderHash)
                break;
            depth++;
        }

        return depth;
    }

    private async Task ObservePeer(IIncomingGrainCallContext context)
    {
        switch (context.MethodName)
        {
            case nameof(IPeerGrain.Connected)
                when context.Request.GetArgument(0) is PeerConnection connection && context.Request.GetArgument(2) is bool isAgain:
                await context.Invoke();
                _peers.AddOrUpdate(context.Grain, connection);
                if (!isAgain)
                    tap.Note(connection.Node, OfPeer(NodeEventKinds.Peer, connection) with { Outcome = "connected" });
                break;
            case nameof(IPeerGrain.Receive) when context.Request.GetArgument(0) is PeerMessage message:
                await ObserveMessage(context, message);
                break;
            case nameof(IPeerGrain.Disconnected)
                when context.Request.GetArgument(0) is PeerConnection gone && context.Request.GetArgument(1) is DisconnectReason reason:
                await context.Invoke();

                // The link and the directory may both tell of one end.
                if (_peers.Remove(context.Grain))
                    tap.Note(gone.Node, OfPeer(NodeEventKinds.Peer, gone) with { Outcome = ChiaMeter.NameOf(reason) });
                break;
            default:
                await context.Invoke();
                break;
        }
    }

    private async Task ObserveMessage(IIncomingGrainCallContext context, PeerMessage message)
    {
        if (!_peers.TryGetValue(context.Grain, out var peer))
        {
            await context.Invoke();
            return;
        }

        var node = peer.Node;
        var started = time.GetTimestamp();
        await context.Invoke();
        if (tap.WantsMessages(node))
        {
            tap.Note(node, OfPeer(NodeEventKinds.Message, peer) with
            {
                Message = message.Message.Function,
                Bytes = message.Size,
                Milliseconds = time.GetElapsedTime(started).TotalMilliseconds,
            });
        }

        if (DerivedEvent(peer, message.Message) is { } happened)
            tap.Note(node, happened);
    }

    /// <summary>What a message means beyond itself; null if nothing.</summary>
    private NodeEvent? DerivedEvent(PeerConnection peer, Message message) => message switch
    {
        ProofOfSpaceFinalizedMessage m => OfPeer(NodeEventKinds.Challenge, peer) with
        {
            Hash = m.ChallengeHash.ToString(),
            Height = m.Height,
            Weight = m.Weight,
        },
        RequestHeaderHashMessage m =>
            OfPeer(NodeEventKinds.Proof, peer) with { Hash = m.ChallengeHash.ToString(), Height = m.Coinbase.Height },
        ProofOfTimeFinishedMessage m => OfPeer(NodeEventKinds.Vdf, peer) with
        {
            Hash = m.Proof.ChallengeHash.ToString(),
            Iterations = m.Proof.NumberOfIterations,
        },
        _ => null,
    };

    private NodeEvent OfPeer(NodeEventKinds kind, PeerConnection peer) => New(kind, peer.LocalRole) with
    {
        Peer = peer.ConnectionId.ToString(),
        PeerRole = peer.PeerRole,
        Address = $"{peer.RemoteHost}:{peer.RemotePort}",
    };

    private NodeEvent New(NodeEventKinds kind, Role role) => new(kind, time.GetUtcNow(), role);
}
