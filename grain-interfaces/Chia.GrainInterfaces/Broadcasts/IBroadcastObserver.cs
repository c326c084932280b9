namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>
/// A gateway's ear for broadcasts, beside its subscriptions: what is published reaches it in one call, whatever becomes of the silos that
/// streams go through (CLUSTER.md 3, Broadcasts). Nothing depends on one arriving.
/// </summary>
[Alias("chia.IBroadcastObserver"), Version(1)]
public interface IBroadcastObserver : IGrainObserver
{
    /// <summary>Items of one audience, in order.</summary>
    [Alias("Hear"), ResponseTimeout(AnswerTime.Memory)]
    Task Hear(BroadcastItem[] items);
}

/// <summary>
/// Who is told the broadcasts of one role of a node directly; the directory of the role, which knows what gateways live, by another of its
/// faces. Key <see cref="Peers.NodeKey.OfRole"/>.
/// </summary>
[Alias("chia.IBroadcastDirectoryGrain"), Version(1)]
public interface IBroadcastDirectoryGrain : IGrainWithStringKey
{
    /// <summary>A gateway lives and wants to be told broadcasts directly as well.</summary>
    [Alias("Hears"), ResponseTimeout(AnswerTime.Memory)]
    Task Hears(BroadcastHearer hearer);

    /// <summary>The gateways that are told broadcasts directly.</summary>
    [Alias("GetHearers"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<BroadcastHearer[]> GetHearers();
}

/// <summary>A gateway that hears broadcasts.</summary>
/// <param name="GatewayId">Which.</param>
/// <param name="Observer">The way to it.</param>
[GenerateSerializer, Immutable, Alias("chia.BroadcastHearer")]
public sealed record BroadcastHearer(string GatewayId, IBroadcastObserver Observer);
