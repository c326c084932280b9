namespace Chia.Gateway.Connections.Entry;

/// <summary>
/// Chooses which connection to end when places are short: the youngest of the largest network group. Protected before that are those
/// that a crowd of strangers cannot easily outdo: the fastest, those that lately told news or answered, a few networks chosen by
/// chance, and the longer-lived half of the rest, counted one of each network before the second of any. Bitcoin nodes protect by the
/// same criteria; these are what this protocol shows of them.
/// </summary>
internal static class Eviction
{
    /// <summary>One place in sixteen for each of the four merits, eight at most: with 175 places 32 are protected, and half of the other
    /// 143.</summary>
    private const int Share = 16, Most = 8;

    /// <summary>Which place to vacate; null if all are protected.</summary>
    /// <param name="places">All that are taken.</param>
    /// <param name="secret">Chooses the networks protected; unknown to whoever opens connections.</param>
    public static Place? Choose(IReadOnlyCollection<Place> places, int secret)
    {
        var each = Math.Min(Most, places.Count / Share);
        var left = places.Where(place => !place.IsConfigured).ToList();
        Protect(left, each, place => -(double)HashCode.Combine(place.Group, secret), _ => true);
        Protect(left, each, place => -place.FastestAnswer!.Value.TotalSeconds, place => place.FastestAnswer is not null);
        Protect(left, each, place => place.LastNews!.Value.TotalSeconds, place => place.LastNews is not null);
        Protect(left, each, place => place.LastAnswer!.Value.TotalSeconds, place => place.LastAnswer is not null);
        Protect(left, left.Count / 2, Seniority(left), _ => true);
        return left.GroupBy(place => place.Group)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Max(place => place.Since))
            .FirstOrDefault()?
            .MaxBy(place => place.Since);
    }

    /// <summary>A crowd that came early has no more than its share of seniority.</summary>
    private static Func<Place, double> Seniority(List<Place> places)
    {
        var order = places.GroupBy(place => place.Group)
            .SelectMany(group => group.OrderBy(place => place.Since).Select((place, rank) => (Place: place, Rank: rank)))
            .OrderBy(ranked => ranked.Rank)
            .ThenBy(ranked => ranked.Place.Since)
            .Select((ranked, position) => (ranked.Place, Position: position))
            .ToDictionary(ranked => ranked.Place, ranked => ranked.Position);
        return place => -order[place];
    }

    private static void Protect(List<Place> places, int count, Func<Place, double> merit, Func<Place, bool> has)
    {
        foreach (var place in places.Where(has).OrderByDescending(merit).Take(count).ToList())
            places.Remove(place);
    }
}
