using Chia.Storage.Errors;
using Microsoft.AspNetCore.Connections;

namespace Chia.Silo.Hosting;

/// <summary>Says in one line why a host did not start.</summary>
internal static class StartFault
{
    public static Exception Explain(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case StoreException or UserException or InvalidDataException:
                    return inner;
                case AddressInUseException:
                    return new UserException(
                        $"a port is in use: {error.Message.TrimEnd('.')}: stop the other program, or choose another port");
                case System.Net.Sockets.SocketException:
                    return new UserException($"cannot listen: {inner.Message}");
            }
        }

        return error;
    }
}
