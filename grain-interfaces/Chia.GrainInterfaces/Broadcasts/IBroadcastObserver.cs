namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>
/// Receives broadcasts at a gateway, in addition to its stream subscriptions: one call that does not depend on the silos that the streams
/// go through (CLUSTER.md 3, Broadcasts). An item may arrive both ways, or not at all; the gateway tells by its number.
/// </summary>
[Alias("chia.IBroadcastObserver"), Version(1)]
public interface IBroadcastObserver : IGrainObserver
{
    /// <summary>Receives items for peers of one role, in order.</summary>
    [Alias("Hear"), ResponseTimeout(AnswerTime.Memory)]
    Task Hear(BroadcastItem[] items);
}

/// <summary>
/// The gateways to which broadcasts of one role of a node are delivered directly; key <see cref="Peers.NodeKey.OfRole"/>. Implemented by
/// the role's peer directory, which knows which gateways are alive.
/// </summary>
[Alias("chia.IBroadcastDirectoryGrain"), Version(1)]
public interface IBroadcastDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Registers a gateway, or renews its registration; it is forgotten with the gateway's connections when it falls
    /// silent.</summary>
    [Alias("Hears"), ResponseTimeout(AnswerTime.Memory)]
    Task Hears(BroadcastHearer hearer);

    /// <summary>The registered gateways.</summary>
    [Alias("GetHearers"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<BroadcastHearer[]> GetHearers();
}

/// <summary>A gateway to which broadcasts are delivered directly.</summary>
/// <param name="GatewayId">Its id.</param>
/// <param name="Observer">Receives them there.</param>
[GenerateSerializer, Immutable, Alias("chia.BroadcastHearer")]
public sealed record BroadcastHearer(string GatewayId, IBroadcastObserver Observer);
