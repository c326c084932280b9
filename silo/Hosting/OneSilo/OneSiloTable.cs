using System.Globalization;

namespace Chia.Silo.Hosting.OneSilo;

/// <summary>
/// The members of a cluster of one process: its silo, kept in memory, for as long as the process lives. Orleans' table for development is
/// a grain that the silo sends messages to before anything else of it runs, and whose answers are copied: a twentieth of a start
/// (docs/performance.md).
/// </summary>
internal sealed class OneSiloTable : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, MembershipEntry> _members = [];
    private int _version;

    /// <summary>Both the whole table's and each entry's: whoever read before the last change has not seen it.</summary>
    private string Tag => _version.ToString(CultureInfo.InvariantCulture);

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task<MembershipTableData> ReadAll()
    {
        lock (_lock)
            return Task.FromResult(new MembershipTableData([.. _members.Values.Select(Tagged)], new TableVersion(_version, Tag)));
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (_lock)
        {
            var version = new TableVersion(_version, Tag);
            return Task.FromResult(
                _members.TryGetValue(key, out var member)
                    ? new MembershipTableData(Tagged(member), version)
                    : new MembershipTableData(version));
        }
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        lock (_lock)
            return Task.FromResult(!_members.ContainsKey(entry.SiloAddress) && Put(entry, tableVersion));
    }

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        lock (_lock)
            return Task.FromResult(_members.ContainsKey(entry.SiloAddress) && etag == Tag && Put(entry, tableVersion));
    }

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_lock)
        {
            if (_members.TryGetValue(entry.SiloAddress, out var member))
                member.IAmAliveTime = entry.IAmAliveTime;
        }

        return Task.CompletedTask;
    }

    /// <summary>There is one, and it lives.</summary>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_lock)
            _members.Clear();
        return Task.CompletedTask;
    }

    private bool Put(MembershipEntry entry, TableVersion version)
    {
        if (version.VersionEtag != Tag)
            return false;
        _members[entry.SiloAddress] = Copy(entry);
        _version++;
        return true;
    }

    private Tuple<MembershipEntry, string> Tagged(MembershipEntry entry) => Tuple.Create(Copy(entry), Tag);

    /// <summary>Entries can be changed: what was read is the reader's.</summary>
    private static MembershipEntry Copy(MembershipEntry entry) => new()
    {
        SiloAddress = entry.SiloAddress,
        Status = entry.Status,
        SuspectTimes = entry.SuspectTimes is { } times ? [.. times] : null,
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = entry.StartTime,
        IAmAliveTime = entry.IAmAliveTime,
    };
}
