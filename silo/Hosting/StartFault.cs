using Chia.Storage.Errors;
using Microsoft.AspNetCore.Connections;

namespace Chia.Silo.Hosting;

/// <summary>Says in one line why a host did not start.</summary>
internal static class StartFault
{
    public static Exception Explain(Exception error)
    {
        foreach (var (inner, around) in Causes(error, error))
        {
            switch (inner)
            {
                case StoreException or UserException or InvalidDataException:
                    return inner;
                case AddressInUseException:
                    return new UserException(
                        $"a port is in use: {around.Message.TrimEnd('.')}: stop the other program, or choose another port");
                case TimeoutException:
                    return new UserException(
                        "the node's own parts did not answer for a minute: this machine is too busy, or has too little memory; start it again");
                case System.Net.Sockets.SocketException:
                    return new UserException($"cannot listen: {inner.Message}");
            }
        }

        return error;
    }

    /// <summary>An error and what is behind it, each with the one around it: services that start together fail together.</summary>
    private static IEnumerable<(Exception Inner, Exception Around)> Causes(Exception error, Exception around)
    {
        yield return (error, around);
        IEnumerable<Exception> behind = error switch
        {
            AggregateException all => all.InnerExceptions,
            { InnerException: { } one } => [one],
            _ => [],
        };
        foreach (var cause in behind.SelectMany(cause => Causes(cause, error)))
            yield return cause;
    }
}
