using Chia.Grains.Peers;
using Chia.Protocol.Addresses;

namespace Chia.Grains.Tests.Peers;

/// <summary>The book stays bounded, holds each address once, and nobody writes the living out of it (PROTOCOL.md 7.2).</summary>
public sealed class AddressBookTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(5);
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(6000);
    private readonly AddressBook _book = new();

    [Fact]
    public void All_spellings_of_an_address_are_one_entry()
    {
        foreach (var host in new[] { "203.0.113.1", "::ffff:203.0.113.1", "0xcb007101", "203.0.0x7101" })
            _book.Reached(PeerAddress.Of(host, 8444), Start);
        Assert.Equal(PeerAddress.Of("203.0.113.1", 8444), Assert.Single(_book.All).Address);
        _book.Remove(PeerAddress.Of("::ffff:cb00:7101", 8444));
        Assert.Empty(_book.All);
    }

    [Fact]
    public void Hearing_again_keeps_an_address_young_and_the_threshold_is_exclusive()
    {
        _book.Add(Peer(1), Start);
        _book.Add(Peer(2), Start);
        _book.Add(Peer(2), Start + Seconds(1));
        Assert.Equal([Peer(2)], _book.Recent(Threshold, Start + Threshold).Select(p => p.Address));
        Assert.Equal(2, _book.All.Count());
    }

    [Fact]
    public void The_one_reached_last_comes_first()
    {
        _book.Add(Peer(1), Start);
        _book.Reached(Peer(2), Start + Seconds(2));
        _book.Reached(Peer(3), Start + Seconds(3));
        Assert.Equal([Peer(3), Peer(2), Peer(1)], _book.Recent(Threshold, Start + Seconds(4)).Select(p => p.Address));
    }

    [Fact]
    public void A_full_book_forgets_whom_it_heard_of_longest_ago()
    {
        for (var i = 0; i <= AddressBook.Capacity; i++)
            _book.Add(Peer(i), Start + Seconds(i));
        Assert.Equal(AddressBook.Capacity, _book.All.Count());
        Assert.DoesNotContain(_book.All, p => p.Address == Peer(0));
    }

    [Fact]
    public void Addresses_never_reached_make_room_before_those_that_were()
    {
        var living = PeerAddress.Of("198.51.100.7", 8444);
        _book.Reached(living, Start);
        for (var i = 0; i < 2 * AddressBook.Capacity; i++)
            _book.Add(PeerAddress.Of($"203.0.{i / 250}.{i % 250}", 8444), Start + Seconds(i));

        Assert.Equal(AddressBook.Capacity, _book.All.Count());
        Assert.Contains(living, _book.All.Select(p => p.Address));
        Assert.Contains(PeerAddress.Of("203.0.7.249", 8444), _book.All.Select(p => p.Address));
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ff::2")]
    public void One_source_has_a_few_places_only(string even, string odd)
    {
        for (ushort port = 1; port <= 100; port++)
            _book.Add(PeerAddress.Of(port % 2 == 0 ? even : odd, port), Start + Seconds(port));
        Assert.Equal(Enumerable.Range(93, 8), _book.All.Select(p => (int)p.Address.Port).Order());
    }

    [Fact]
    public void Loopback_holds_whole_networks()
    {
        for (ushort port = 1; port <= 100; port++)
            _book.Add(PeerAddress.Of("127.0.0.1", port), Start);
        Assert.Equal(100, _book.All.Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-30)]
    public void What_is_kept_comes_back_as_old_as_it_was_and_never_younger_than_now(int clockMovedByDays)
    {
        var day = DateTimeOffset.UnixEpoch.AddYears(50);
        _book.Add(Peer(1), Start);
        _book.Reached(Peer(2), Start + Seconds(10));
        var kept = _book.Save(Start + Seconds(20), day);

        var again = new AddressBook();
        var restart = TimeSpan.FromSeconds(3);
        again.Restore(kept, restart, day + TimeSpan.FromDays(clockMovedByDays));
        var expected = clockMovedByDays > 0 ? [] : new[] { Peer(2), Peer(1) };
        Assert.Equal(expected, again.Recent(Threshold, restart).Select(p => p.Address));
        Assert.Equal(2, again.All.Count());
        if (clockMovedByDays == 0)
            Assert.Equal(restart - Seconds(20), again.All.Single(e => e.Address == Peer(1)).Heard);
        Assert.All(again.All, entry => Assert.True(entry.Heard <= restart));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static PeerAddress Peer(int i) => PeerAddress.Of($"198.51.{100 + (i >> 8)}.{i & 255}", 8444);
}
