using System.Text.Json;
using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

/// <summary>Entries that are none, in a file that is one, are left out.</summary>
public sealed class StoredEntriesTests
{
    private static readonly TimeSpan Now = TimeSpan.FromDays(1);

    [Theory]
    [InlineData("""[null, {}, {"Endpoint": null}, {"Endpoint": {}}, {"Endpoint": {"Host": ""}}, {"Endpoint": {"Host": "../../x"}}]""")]
    public void Addresses_without_an_address_are_skipped(string json)
    {
        var book = new AddressBook();
        book.Restore(JsonSerializer.Deserialize<KnownPeer[]>(json)!, Now, DateTimeOffset.UnixEpoch);
        Assert.Empty(book.All);
    }

    [Theory]
    [InlineData("""[null, {}, {"Source": null, "Until": "9999-12-31T00:00:00Z", "Left": "10.00:00:00", "Times": 1}]""", 0)]
    [InlineData("""[{"Source": "203.0.113.5/32", "Until": "9999-12-31T00:00:00Z", "Left": "01:00:00", "Times": -7}]""", 1)]
    [InlineData("""[{"Source": "203.0.113.5/32", "Until": "9999-12-31T00:00:00Z", "Left": "01:00:00", "Times": 2147483647}]""", 1)]
    public void Bans_of_nobody_are_skipped_and_no_count_of_bans_shortens_the_next(string json, int kept)
    {
        var options = new PeerDirectoryOptions();
        var reputation = new Reputation(options);
        reputation.RestoreBans(JsonSerializer.Deserialize<StoredBan[]>(json)!, Now, DateTimeOffset.UnixEpoch);
        Assert.Equal(kept, reputation.Bans(Now).Count());
        foreach (var ban in reputation.SaveBans(Now, DateTimeOffset.UnixEpoch))
        {
            var score = new PeerScore();
            score.Restore(Now, ban.Times);
            Assert.InRange(score.Ban(options.BanTime, options.LongestBanTime, Now), options.BanTime, options.LongestBanTime);
        }
    }
}
