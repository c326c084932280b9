using System.Net.Sockets;
using Npgsql;

namespace Chia.Silo.Clusters.Database;

/// <summary>Why a cluster's database cannot be used, in words for whoever can mend it.</summary>
internal static class DatabaseFault
{
    /// <summary>Faults of the driver, of the network, and of the words of an address.</summary>
    public static bool Is(Exception error) => error is NpgsqlException or SocketException or ArgumentException or TimeoutException;

    /// <summary>It is away, starts, or has too many guests: waiting mends it, or whoever starts it. Everything that a server says of a
    /// name, a password or a right is a person's to mend.</summary>
    public static bool GoesBy(Exception error) => error switch
    {
        PostgresException { IsTransient: true } => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        PostgresException or ArgumentException => false,
        _ => Is(error),
    };

    /// <summary>The driver's fault behind an error, however deep; null if there is none.</summary>
    public static NpgsqlException? Behind(Exception? error) => error switch
    {
        null => null,
        NpgsqlException fault => fault,
        AggregateException all => all.InnerExceptions.Select(Behind).FirstOrDefault(fault => fault is not null),
        _ => Behind(error.InnerException),
    };

    /// <summary>The error for whoever can mend it; what it was is within.</summary>
    public static UserException Complaint(string connection, Exception error) => new(Explain(connection, error), error);

    /// <summary>In one line, without the password: where, what, and what to do.</summary>
    public static string Explain(string connection, Exception error)
    {
        if (error is ArgumentException)
            return $"the cluster's database cannot be used: {error.Message}";
        var words = new NpgsqlConnectionStringBuilder(connection);
        var why = error is PostgresException said
            ? said.MessageText + Advice(said.SqlState, words)
            : (error.InnerException ?? error).Message.TrimEnd('.');
        return $"the cluster's database {words.Database ?? words.Username} at {words.Host}:{words.Port} cannot be used: {why}";
    }

    private static string Advice(string state, NpgsqlConnectionStringBuilder words) => state switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ": mend user and password where the cluster file names them",
        PostgresErrorCodes.InvalidCatalogName => $": make it, as PostgreSQL's administrator: createdb -O {words.Username} {words.Database}",
        PostgresErrorCodes.InsufficientPrivilege =>
            $": give it to {words.Username}, as PostgreSQL's administrator: ALTER DATABASE {words.Database} OWNER TO {words.Username}",
        _ => "",
    };
}
