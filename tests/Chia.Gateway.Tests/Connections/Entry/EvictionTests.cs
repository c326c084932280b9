using System.Net;
using Chia.Gateway.Connections.Entry;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Tests.Connections.Entry;

/// <summary>Whose place is vacated when places are short.</summary>
public sealed class EvictionTests
{
    private const int Secret = 7;

    /// <summary>Half of a crowd is protected by its age; the youngest of the largest network goes.</summary>
    [Fact]
    public void The_youngest_of_the_largest_network_goes()
    {
        Place[] places =
        [
            .. Enumerable.Range(0, 6).Select(i => At($"198.51.100.{i}", since: i)),
            At("203.0.113.1", since: 100),
            At("192.0.2.1", since: 101),
        ];
        Assert.Equal("198.51.100.5", Chosen(places));
    }

    [Fact]
    public void Between_networks_of_one_size_the_youngest_goes()
    {
        Assert.Equal("203.0.113.1", Chosen([At("192.0.2.1", since: 1), At("203.0.113.1", since: 3), At("198.51.100.1", since: 2)]));
    }

    [Fact]
    public void Whom_the_operator_named_never_goes()
    {
        Assert.Null(Chosen([At("192.0.2.1", since: 9, isConfigured: true)]));
        Assert.Equal("192.0.2.2", Chosen([At("192.0.2.1", since: 9, isConfigured: true), At("192.0.2.2", since: 1)]));
    }

    [Fact]
    public void Nobody_goes_where_nobody_is() => Assert.Null(Chosen([]));

    /// <summary>One place in sixteen for each merit: the youngest of a crowd stays if it is the fastest, or the last that told something
    /// or answered.</summary>
    [Fact]
    public void The_fastest_and_the_most_helpful_stay_though_they_are_the_youngest()
    {
        var crowd = Enumerable.Range(0, 48).Select(i => At($"198.51.100.{i}", since: i)).ToArray();
        var (fastest, news, answer) = (crowd[^1], crowd[^2], crowd[^3]);
        foreach (var place in crowd)
            (place.FastestAnswer, place.LastNews, place.LastAnswer) = (Seconds(9), Seconds(1), Seconds(1));
        fastest.FastestAnswer = Seconds(0.1);
        news.LastNews = Seconds(50);
        answer.LastAnswer = Seconds(50);

        // The places of the first sixteenth are filled up by who else is there: the crowd's oldest, which stay anyway.
        var gone = Gone(crowd, 16);
        Assert.DoesNotContain(fastest, gone);
        Assert.DoesNotContain(news, gone);
        Assert.DoesNotContain(answer, gone);
        Assert.Contains(crowd[^4], gone);
    }

    /// <summary>A crowd that came first has no more than its share of seniority: the first of each network is senior to the second of
    /// any.</summary>
    [Fact]
    public void A_crowd_that_came_early_does_not_outlive_strangers_that_came_one_by_one()
    {
        Place[] places =
        [
            .. Enumerable.Range(0, 8).Select(i => At($"198.51.100.{i}", since: i)),
            .. Enumerable.Range(0, 8).Select(i => At($"10{i}.1.1.1", since: 100 + i)),
        ];
        Assert.All(Gone(places, 6), place => Assert.StartsWith("198.51.100.", place.Host.ToString(), StringComparison.Ordinal));
    }

    private static List<Place> Gone(IEnumerable<Place> places, int count)
    {
        var left = places.ToList();
        var gone = new List<Place>();
        for (var i = 0; i < count && Eviction.Choose(left, Secret) is { } place; i++)
        {
            left.Remove(place);
            gone.Add(place);
        }

        return gone;
    }

    private static string? Chosen(Place[] places) => Eviction.Choose(places, Secret)?.Host.ToString();

    private static Place At(string address, double since, bool isConfigured = false) =>
        new(PeerHost.Of(IPAddress.Parse(address)), isConfigured, Seconds(since), () => { });

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
