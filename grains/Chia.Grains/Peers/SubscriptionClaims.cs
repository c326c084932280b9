namespace Chia.Grains.Peers;

/// <summary>
/// Which gateway reads broadcasts by which subscriptions. One that ends takes its own out; those of one that died are found here, be it
/// that an earlier directory knew them.
/// </summary>
internal sealed class SubscriptionClaims
{
    private readonly Dictionary<string, Guid[]> _claims = [];
    private readonly HashSet<Guid> _takenOut = [];
    private HashSet<Guid> _doubtful = [];

    /// <summary>A gateway lives and says which are its own. False if some of them were taken out.</summary>
    public bool Claim(string gatewayId, Guid[] subscriptions)
    {
        _claims[gatewayId] = subscriptions;
        return !_takenOut.Overlaps(subscriptions);
    }

    /// <summary>A gateway died.</summary>
    /// <returns>What is to be taken out.</returns>
    public IReadOnlyCollection<Guid> Release(string gatewayId)
    {
        if (!_claims.Remove(gatewayId, out var released))
            return [];
        _takenOut.UnionWith(released);
        return released;
    }

    /// <summary>Compares what is there with what is claimed. A gateway subscribes before it says so: nothing goes at the first
    /// look.</summary>
    /// <returns>What is to be taken out.</returns>
    public IReadOnlyCollection<Guid> Unclaimed(IEnumerable<Guid> found)
    {
        var unclaimed = found.Except(_claims.Values.SelectMany(claimed => claimed)).ToHashSet();
        List<Guid> stale = [.. unclaimed.Where(_doubtful.Contains)];
        _takenOut.UnionWith(stale);
        _doubtful = unclaimed;
        return stale;
    }
}
