using System.Globalization;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <summary>
/// The connections that the stores of one process share (<see cref="PostgresAddress.MaxConnections"/>). Questions wait for their turn in
/// the order in which they came, and leave two connections to the chain, for what it writes and what it looks up on its turn: it does not
/// wait behind a flood of them.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>Left to the chain; one that is all there is serves both.</summary>
    private const int KeptForTheChain = 2;

    /// <summary>As long as those that have their turn may take with a server that is frozen (<see cref="PostgresAddress"/>).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turns;

    /// <exception cref="ArgumentException">A word that Npgsql does not know.</exception>
    public PostgresConnections(string connectionString)
    {
        Source = PostgresAddress.OpenSource(connectionString);
        _turns = new SemaphoreSlim(Math.Max(1, PostgresAddress.ConnectionsTo(connectionString) - KeptForTheChain));
    }

    /// <summary>For the chain, and for maintenance.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Asks over a connection of its own, when it has its turn.</summary>
    /// <exception cref="TimeoutException">Too many others ask.</exception>
    public async Task<T> Ask<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(Patience, cancellationToken).ConfigureAwait(false))
        {
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"too many questions at once: one waited {Patience.TotalSeconds} s for its turn"));
        }

        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await question(connection).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>The turns need no end: nobody asked for a handle to wait on.</summary>
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
