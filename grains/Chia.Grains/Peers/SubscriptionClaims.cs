using Chia.Grains.Work;

namespace Chia.Grains.Peers;

/// <summary>
/// Which stream subscriptions belong to which gateway. A gateway that stops removes its own; this finds those that gateways left behind
/// which died, also while an earlier activation had the directory.
/// </summary>
internal sealed class SubscriptionClaims
{
    /// <summary>Those of 200 gateways that died, each with one for every role of peers.</summary>
    internal const int MostRemoved = 1000;

    private readonly Dictionary<string, Guid[]> _claims = [];

    /// <summary>Those that were removed, so that a gateway which was only silent is told. One that comes back after more of them hears all
    /// the same: the publisher tells each gateway itself (CLUSTER 3).</summary>
    private readonly RecentlySeen<Guid> _removed = new(MostRemoved);

    private HashSet<Guid> _doubtful = [];

    /// <summary>A living gateway names its subscriptions. False if some of them were removed, so that it must subscribe anew.</summary>
    public bool Claim(string gatewayId, Guid[] subscriptions)
    {
        _claims[gatewayId] = subscriptions;
        return !subscriptions.Any(_removed.Contains);
    }

    /// <summary>Forgets a gateway that died.</summary>
    /// <returns>Its subscriptions, to be removed.</returns>
    public IReadOnlyCollection<Guid> Release(string gatewayId)
    {
        if (!_claims.Remove(gatewayId, out var released))
            return [];
        Remember(released);
        return released;
    }

    /// <summary>Compares the existing subscriptions with the claimed ones. A gateway subscribes before it claims, so only what was
    /// unclaimed at the previous call as well is stale.</summary>
    /// <param name="found">The existing subscriptions.</param>
    /// <returns>The stale ones, to be removed.</returns>
    public IReadOnlyCollection<Guid> Unclaimed(IEnumerable<Guid> found)
    {
        var unclaimed = found.Except(_claims.Values.SelectMany(claimed => claimed)).ToHashSet();
        List<Guid> stale = [.. unclaimed.Where(_doubtful.Contains)];
        Remember(stale);
        _doubtful = unclaimed;
        return stale;
    }

    private void Remember(IEnumerable<Guid> removed)
    {
        foreach (var subscription in removed)
            _removed.Add(subscription);
    }
}
