using Chia.Storage.Maintenance;

namespace Chia.Storage.Postgres;

/// <content>What a node would see when it opens the store, and what no block's checksum covers.</content>
internal sealed partial class PostgresBlockStore
{
    /// <inheritdoc/>
    public async Task<MediumReport> CheckMedium(CancellationToken cancellationToken = default)
    {
        var complaints = new MediumComplaints();
        await complaints.TryOpening(() => Prepared(begins: false, cancellationToken)).ConfigureAwait(false);
        await complaints.Try(() => CheckSync(complaints, cancellationToken)).ConfigureAwait(false);
        var checksums = await Rows(Command("SHOW data_checksums"), r => r.GetString(0), cancellationToken).ConfigureAwait(false);
        return complaints.Report(checksums[0] == "on"
            ? "the server's pages: PostgreSQL checks those it reads by checksums; pg_amcheck looks at all"
            : "the server's pages: it was made without data checksums; pg_amcheck looks at all");
    }

    private Task<int> CheckSync(MediumComplaints complaints, CancellationToken cancellationToken) => Snapshot(
        async connection =>
        {
            var targets = await Rows(
                connection, Command("SELECT count(*) FROM chia_sync_target WHERE node = $1", _node), r => r.GetInt64(0), cancellationToken)
                .ConfigureAwait(false);
            if (targets[0] > 0 && await Target(connection, cancellationToken).ConfigureAwait(false) is null)
                complaints.Add(MediumComplaints.SyncTarget);
            await Rows(
                connection,
                Command("SELECT height, header_hash, bytes FROM chia_sync_block WHERE node = $1 ORDER BY height", _node),
                r => complaints.AddSyncBlock(r.GetInt64(0), Hash(Bytes(r, 1)), Bytes(r, 2)),
                cancellationToken).ConfigureAwait(false);
            return 0;
        },
        cancellationToken);
}
