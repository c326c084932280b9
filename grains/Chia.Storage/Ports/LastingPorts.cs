using System.Net;
using System.Net.Sockets;

namespace Chia.Storage.Ports;

/// <summary>Ports for who has to name them before anybody listens, or listens on them again after a while.</summary>
public static class LastingPorts
{
    /// <summary>
    /// The range that is searched. It lies below the ports that systems give to outgoing connections (32768 on Linux), so that what is
    /// free stays free for a while.
    /// </summary>
    private static readonly (int First, int End) Range = (10_000, 32_000);

    private const int Attempts = 200;

    /// <summary>Ports that were found before: nobody need listen on them yet.</summary>
    private static readonly HashSet<int> Found = [];

    /// <summary>The first of a run of neighbouring ports of loopback that are all free just now, and that nobody was given before in this
    /// process, or in another of this user that lives.</summary>
    /// <exception cref="IOException">There are none.</exception>
    public static int FindRun(int count)
    {
        lock (Found)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var first = Random.Shared.Next(Range.First, Range.End - count);
                var run = Enumerable.Range(first, count);
                if (Found.Overlaps(run) || !run.All(IsFree) || !PortClaims.OfUser.TryTake(first, count))
                    continue;
                Found.UnionWith(run);
                return first;
            }
        }

        throw new IOException($"no {count} neighbouring ports of this machine are free: stop other programs");
    }

    private static bool IsFree(int port) => PortTrial.Bind(IPAddress.Loopback, port) != SocketError.AddressAlreadyInUse;
}
