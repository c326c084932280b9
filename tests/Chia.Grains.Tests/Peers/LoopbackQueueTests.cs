using Chia.Grains.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Peers;

/// <summary>Newcomers from the machine itself, after some of them were banned.</summary>
public sealed class LoopbackQueueTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);

    private readonly LoopbackQueue _line = new();

    [Fact]
    public void Nobody_waits_before_anybody_was_banned()
    {
        for (ushort port = 1; port < 100; port++)
            Assert.Equal(TimeSpan.Zero, _line.WaitOf(Role.FullNode, port, Now));
    }

    [Fact]
    public void After_bans_newcomers_come_one_after_the_other_slower_with_every_ban()
    {
        _line.Banned(Now);
        Assert.Equal([0, 62.5, 125], Waits(Role.FullNode, 3));
        for (var i = 0; i < 20; i++)
            _line.Banned(Now);
        Assert.Equal([0, 500, 1000], Waits(Role.Farmer, 3));
    }

    [Fact]
    public void Each_role_has_a_line_of_its_own_and_too_many_are_turned_away()
    {
        for (var i = 0; i < 20; i++)
            _line.Banned(Now);
        for (var i = 0; i <= 20; i++)
            Assert.NotNull(_line.WaitOf(Role.FullNode, 1, Now));
        Assert.Null(_line.WaitOf(Role.FullNode, 1, Now));
        Assert.Equal(TimeSpan.Zero, _line.WaitOf(Role.Harvester, 1, Now));
        Assert.NotNull(_line.WaitOf(Role.FullNode, 1, Now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Who_stayed_for_a_while_need_not_wait_and_bans_fade()
    {
        _line.Left(Role.FullNode, 7, TimeSpan.FromMinutes(1));
        _line.Left(Role.FullNode, 8, TimeSpan.FromSeconds(59));
        _line.Left(Role.FullNode, 0, TimeSpan.FromHours(1));
        _line.Banned(Now);
        Waits(Role.FullNode, 3);
        Assert.Equal(TimeSpan.Zero, _line.WaitOf(Role.FullNode, 7, Now));
        Assert.True(_line.WaitOf(Role.FullNode, 8, Now) > TimeSpan.Zero);
        Assert.True(_line.WaitOf(Role.FullNode, 0, Now) > TimeSpan.Zero);
        Assert.True(_line.WaitOf(Role.Farmer, 7, Now) == TimeSpan.Zero && _line.WaitOf(Role.Farmer, 7, Now) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _line.WaitOf(Role.FullNode, 8, Now + TimeSpan.FromMinutes(11)));
    }

    private double[] Waits(Role role, int newcomers) =>
        [.. Enumerable.Range(1, newcomers).Select(port => _line.WaitOf(role, (ushort)(port + 100), Now)!.Value.TotalMilliseconds)];
}
