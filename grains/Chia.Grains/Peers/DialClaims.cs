namespace Chia.Grains.Peers;

/// <summary>
/// Which gateway of a node dials a peer that every one of them is to keep connected: the one that asked first, as long as it lives. Two
/// connections to one peer would be duplicates, of which the peer closes one (PROTOCOL.md 4.4).
/// </summary>
/// <param name="table">Knows which gateways live.</param>
internal sealed class DialClaims(ConnectionTable table)
{
    private readonly Dictionary<string, string> _holders = [];

    /// <summary>Takes or renews a claim.</summary>
    /// <param name="gatewayId">Who asks.</param>
    /// <param name="target">Whom it would dial.</param>
    /// <param name="now">The time.</param>
    /// <returns>True if it is the one to dial; false if another gateway holds the claim and lives.</returns>
    public bool Claim(string gatewayId, string target, TimeSpan now)
    {
        // Who asks lives, though it has not beaten yet: else the next that asks would take it for dead.
        table.Seen(gatewayId, now);
        if (!_holders.TryGetValue(target, out var holder) || !table.IsAlive(holder, now))
            _holders[target] = holder = gatewayId;
        return holder == gatewayId;
    }
}
