using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

/// <summary>The book stays bounded, and nobody writes the living out of it.</summary>
public sealed class AddressBookTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(50);

    [Fact]
    public void Addresses_never_reached_make_room_before_those_that_were()
    {
        var book = new AddressBook();
        var living = new PeerEndpoint("198.51.100.7", 8444);
        book.Reached(living, Start);
        for (var i = 0; i < 2 * AddressBook.Capacity; i++)
            book.Add(new PeerEndpoint($"203.0.{i / 250}.{i % 250}", 8444), Start.AddSeconds(i));

        Assert.Equal(AddressBook.Capacity, book.All.Count());
        Assert.Contains(living, book.All.Select(p => p.Endpoint));
        Assert.Contains(new PeerEndpoint("203.0.7.249", 8444), book.All.Select(p => p.Endpoint));
    }

    [Fact]
    public void One_host_has_a_few_places_only()
    {
        var book = new AddressBook();
        for (ushort port = 1; port <= 100; port++)
            book.Add(new PeerEndpoint("203.0.113.5", port), Start.AddSeconds(port));
        Assert.Equal(Enumerable.Range(93, 8), book.All.Select(p => (int)p.Endpoint.Port).Order());
    }

    [Fact]
    public void Loopback_holds_whole_networks()
    {
        var book = new AddressBook();
        for (ushort port = 1; port <= 100; port++)
            book.Add(new PeerEndpoint("127.0.0.1", port), Start);
        Assert.Equal(100, book.All.Count());
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2a00:1450::1", true)]
    [InlineData("node.example.org", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::ffff:192.168.1.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    public void Addresses_with_a_meaning_only_nearby_are_not_public(string host, bool isPublic) =>
        Assert.Equal(isPublic, AddressScope.IsPublic(host));
}
