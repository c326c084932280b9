using System.Net;
using Chia.Silo.Hosting.OneSilo;
using Orleans;
using Orleans.Runtime;

namespace Chia.Silo.Tests.Hosting.OneSilo;

/// <summary>The table of members of a cluster of one process keeps what Orleans asks of any (<see cref="IMembershipTable"/>).</summary>
public sealed class OneSiloTableTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);

    private readonly OneSiloTable _table = new();

    [Fact]
    public async Task A_member_is_read_as_it_was_put()
    {
        Assert.True(await _table.InsertRow(Entry(SiloStatus.Joining), (await _table.ReadAll()).Version.Next()));

        var member = Assert.Single((await _table.ReadAll()).Members).Item1;
        Assert.Equal((Silo, SiloStatus.Joining, "one"), (member.SiloAddress, member.Status, member.SiloName));
        Assert.Single((await _table.ReadRow(Silo)).Members);
    }

    [Fact]
    public async Task A_member_is_put_once()
    {
        await _table.InsertRow(Entry(SiloStatus.Joining), (await _table.ReadAll()).Version.Next());

        Assert.False(await _table.InsertRow(Entry(SiloStatus.Active), (await _table.ReadAll()).Version.Next()));
    }

    [Fact]
    public async Task Only_who_has_seen_the_last_change_makes_the_next()
    {
        var empty = await _table.ReadAll();
        await _table.InsertRow(Entry(SiloStatus.Joining), empty.Version.Next());
        var seen = await _table.ReadAll();

        Assert.False(await _table.UpdateRow(Entry(SiloStatus.Active), seen.Members[0].Item2, empty.Version.Next()));
        Assert.True(await _table.UpdateRow(Entry(SiloStatus.Active), seen.Members[0].Item2, seen.Version.Next()));
        Assert.False(await _table.UpdateRow(Entry(SiloStatus.Dead), seen.Members[0].Item2, seen.Version.Next()));
        Assert.Equal(SiloStatus.Active, (await _table.ReadAll()).Members[0].Item1.Status);
        Assert.True((await _table.ReadAll()).Version.Version > seen.Version.Version);
    }

    [Fact]
    public async Task What_was_read_may_be_changed_by_its_reader()
    {
        await _table.InsertRow(Entry(SiloStatus.Joining), (await _table.ReadAll()).Version.Next());

        (await _table.ReadAll()).Members[0].Item1.Status = SiloStatus.Dead;

        Assert.Equal(SiloStatus.Joining, (await _table.ReadAll()).Members[0].Item1.Status);
    }

    [Fact]
    public async Task A_sign_of_life_changes_the_time_alone()
    {
        await _table.InsertRow(Entry(SiloStatus.Active), (await _table.ReadAll()).Version.Next());
        var later = DateTime.UnixEpoch.AddDays(1);

        await _table.UpdateIAmAlive(new MembershipEntry { SiloAddress = Silo, IAmAliveTime = later });

        var member = (await _table.ReadAll()).Members[0].Item1;
        Assert.Equal((SiloStatus.Active, later), (member.Status, member.IAmAliveTime));
    }

    private static MembershipEntry Entry(SiloStatus status) =>
        new() { SiloAddress = Silo, Status = status, SiloName = "one", HostName = "here", StartTime = DateTime.UnixEpoch };
}
