using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

/// <summary>What is held against an address, and for how long (DECISIONS 19).</summary>
public sealed class PeerScoreTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    private readonly PeerScore _score = new();

    [Fact]
    public void Lies_and_slowness_are_on_accounts_of_their_own()
    {
        while (_score.At(Start) + Blame.Unhelpful("slow").Points < Blame.Limit)
            Assert.False(_score.Add(Blame.Unhelpful("slow"), Start));
        Assert.False(_score.Add(Blame.BadData("bad"), Start));
        Assert.True(_score.Add(Blame.Unhelpful("slow"), Start));
    }

    [Fact]
    public void Half_is_forgiven_every_ten_minutes_and_by_word()
    {
        _score.Add(Blame.BadData("bad"), Start);
        var points = _score.At(Start);
        Assert.Equal(points / 2, _score.At(Start + TimeSpan.FromMinutes(10)), 1e-9);
        Assert.Equal(points / 4, _score.At(Start + TimeSpan.FromMinutes(20)), 1e-9);
        _score.Halve(Start);
        Assert.Equal(points / 2, _score.At(Start), 1e-9);

        // A clock that was read earlier gives nothing back.
        Assert.Equal(points / 2, _score.At(Start - TimeSpan.FromMinutes(10)), 1e-9);
    }

    [Fact]
    public void A_ban_is_twice_as_long_every_time_and_no_longer_than_the_longest()
    {
        var (first, longest) = (TimeSpan.FromMinutes(30), TimeSpan.FromHours(3));
        Assert.Equal(first, _score.Ban(first, longest, Start));
        Assert.Equal(Start + first, _score.BannedUntil);
        Assert.Equal(first * 2, _score.Ban(first, longest, Start));
        Assert.Equal(first * 4, _score.Ban(first, longest, Start));
        for (var i = 0; i < 100; i++)
            Assert.Equal(longest, _score.Ban(first, longest, Start));
    }

    [Fact]
    public void The_operator_s_word_counts_for_no_other_ban_and_a_kept_ban_is_as_it_was()
    {
        _score.KeepOut(Start + TimeSpan.FromDays(1));
        Assert.Equal((Start + TimeSpan.FromDays(1), 0), (_score.BannedUntil, _score.Bans));
        _score.Restore(Start, 3);
        Assert.Equal(TimeSpan.FromMinutes(8), _score.Ban(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), Start));
    }
}
