using System.Globalization;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <summary>How people write where a PostgreSQL database is: Npgsql's words, or a URL as libpq takes it.</summary>
public static class PostgresAddress
{
    /// <summary>
    /// Statements that a connection keeps prepared, unless the address says otherwise: a store has some thirty, and a commit sends a dozen
    /// of them, which the server would parse and plan each time. Behind a pooler that shares sessions the address says
    /// <c>Max Auto Prepare=0</c>.
    /// </summary>
    private const int Prepared = 48;

    private const string PreparedWord = "Max Auto Prepare";

    /// <summary>
    /// Seconds until a server that does not answer is given up, unless the address says otherwise: for a statement, and for a connection.
    /// The driver then tries to call the statement off over another connection, which takes as long again; all of it must be over before
    /// whoever wants a block stored stops waiting for the answer, which is after half a minute: what was not stored is kept only if
    /// somebody hears of it. Left alone it takes a minute.
    /// </summary>
    private const int StatementSeconds = 10, ConnectionSeconds = 5;

    private const string StatementWord = "Command Timeout", ConnectionWord = "Timeout";

    /// <summary>
    /// Connections that the stores of one process open at most, unless the address says otherwise; more statements wait their turn, in
    /// the order in which they came. A server has some hundred for all (<c>max_connections</c>), and membership needs some too: questions
    /// of peers, however many at once, must not use up what another silo needs.
    /// </summary>
    public const int MaxConnections = 10;

    private const string PoolWord = "Maximum Pool Size";

    private const string ApplicationWord = "Application Name";

    private static readonly string[] Schemes = ["postgresql://", "postgres://"];
    private static readonly string[] HostWords = ["host", "server", "data source"];

    /// <summary>Whether it is meant as one. A path of a file is not.</summary>
    public static bool Is(string address) =>
        IsUrl(address)
        || address.Split(';')
            .Any(part => part.Split('=') is [var word, _, ..] && HostWords.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase));

    /// <summary>In Npgsql's words.</summary>
    /// <exception cref="ArgumentException">A word that Npgsql does not know, or no URL.</exception>
    public static string ToConnectionString(string address)
    {
        try
        {
            return IsUrl(address) ? OfUrl(address) : new NpgsqlConnectionStringBuilder(address).ToString();
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or OverflowException or InvalidCastException)
        {
            // Npgsql's own ways to say that it does not know a word, or its value.
            throw new ArgumentException(error.Message, nameof(address), error);
        }
    }

    /// <summary>Connections for a store.</summary>
    /// <exception cref="ArgumentException">A word that Npgsql does not know.</exception>
    internal static NpgsqlDataSource OpenSource(string connectionString)
    {
        var words = Bounded(connectionString, "blocks");
        if (!words.ShouldSerialize(PreparedWord))
            (words.MaxAutoPrepare, words.AutoPrepareMinUsages) = (Prepared, 2);
        words.MaxPoolSize = ConnectionsOf(words);
        return NpgsqlDataSource.Create(words);
    }

    /// <summary>Connections that the stores of one process open to an address at most.</summary>
    /// <exception cref="ArgumentException">A word that Npgsql does not know.</exception>
    public static int ConnectionsTo(string address) => ConnectionsOf(new NpgsqlConnectionStringBuilder(ToConnectionString(address)));

    /// <summary>An address that says how long to wait, and who asks.</summary>
    /// <param name="connectionString">In Npgsql's words.</param>
    /// <param name="pool">What the server's list of connections calls them by, after <c>chia</c>.</param>
    /// <exception cref="ArgumentException">A word that Npgsql does not know.</exception>
    public static NpgsqlConnectionStringBuilder Bounded(string connectionString, string pool)
    {
        var words = Named(connectionString, pool);
        if (!words.ShouldSerialize(StatementWord))
            words.CommandTimeout = StatementSeconds;
        if (!words.ShouldSerialize(ConnectionWord))
            words.Timeout = ConnectionSeconds;
        return words;
    }

    /// <summary>An address that says who asks (<c>application_name</c> of <c>pg_stat_activity</c>), unless it does so already.</summary>
    /// <param name="connectionString">In Npgsql's words.</param>
    /// <param name="pool">What the server's list of connections calls them by, after <c>chia</c>.</param>
    /// <exception cref="ArgumentException">A word that Npgsql does not know.</exception>
    public static NpgsqlConnectionStringBuilder Named(string connectionString, string pool)
    {
        var words = new NpgsqlConnectionStringBuilder(connectionString);
        if (!words.ShouldSerialize(ApplicationWord))
            words.ApplicationName = $"chia {pool}";
        return words;
    }

    private static int ConnectionsOf(NpgsqlConnectionStringBuilder words) =>
        words.ShouldSerialize(PoolWord) ? words.MaxPoolSize : MaxConnections;

    private static bool IsUrl(string address) => Schemes.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    private static string OfUrl(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url))
            throw new ArgumentException("the URL is malformed: expected postgresql://user@host:port/database");
        var words = new NpgsqlConnectionStringBuilder { Host = url.Host.Trim('[', ']') };
        if (url.Port > 0)
            words.Port = url.Port;
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            words.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            words.Password = Uri.UnescapeDataString(user[1]);
        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database)
            words.Database = Uri.UnescapeDataString(database);
        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            words[Name(Uri.UnescapeDataString(pair[0]))] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "true";
        }

        return words.ToString();
    }

    /// <summary>libpq's names are Npgsql's without the space: <c>sslmode</c>, <c>connect_timeout</c>.</summary>
    private static string Name(string option) => option.ToLower(CultureInfo.InvariantCulture) switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "connect_timeout" => "Timeout",
        "application_name" => ApplicationWord,
        _ => option,
    };
}
