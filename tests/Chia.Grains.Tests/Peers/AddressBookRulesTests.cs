using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

public class AddressBookRulesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(6000);
    private readonly AddressBook _book = new();

    [Fact]
    public void Port_0_is_no_address()
    {
        _book.Add(new PeerEndpoint("203.0.113.1", 0), Now);
        Assert.Empty(_book.All);
    }

    [Fact]
    public void Hearing_again_keeps_an_address_young_and_the_threshold_is_exclusive()
    {
        _book.Add(Peer(1), Now);
        _book.Add(Peer(2), Now);
        _book.Add(Peer(2), Now.AddSeconds(1));
        Assert.Equal([Peer(2)], _book.Recent(Threshold, Now + Threshold).Select(p => p.Endpoint));
        Assert.Equal(2, _book.All.Count());
    }

    [Fact]
    public void The_one_reached_last_comes_first()
    {
        _book.Add(Peer(1), Now);
        _book.Reached(Peer(2), Now.AddSeconds(2));
        _book.Reached(Peer(3), Now.AddSeconds(3));
        Assert.Equal([Peer(3), Peer(2), Peer(1)], _book.Recent(Threshold, Now.AddSeconds(4)).Select(p => p.Endpoint));
    }

    [Fact]
    public void A_full_book_forgets_whom_it_heard_of_longest_ago()
    {
        for (var i = 0; i <= AddressBook.Capacity; i++)
            _book.Add(Peer(i), Now.AddSeconds(i));
        Assert.Equal(AddressBook.Capacity, _book.All.Count());
        Assert.DoesNotContain(_book.All, p => p.Endpoint == Peer(0));
    }

    [Theory]
    [InlineData("203.0.113.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("node.example.org", true)]
    [InlineData("", false)]
    [InlineData("no host", false)]
    [InlineData("höst", false)]
    public void Only_what_can_be_dialled_is_usable(string host, bool usable) =>
        Assert.Equal(usable, AddressBook.IsUsable(new PeerEndpoint(host, 8444)));

    private static PeerEndpoint Peer(int i) => new($"198.51.{100 + (i >> 8)}.{i & 255}", 8444);
}
