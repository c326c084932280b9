using Chia.Gateway.Configuration;
using Chia.Protocol.Addresses;
using Microsoft.AspNetCore.Connections;

namespace Chia.Silo.Simulation.Hosts;

/// <summary>
/// A cut through the simulated network: what is on one side reaches nothing on the other. Hosts that are on no side reach both. Every
/// connection is dialled by one of the hosts, so that each dial is judged, and each dialled connection ended when the cut comes between.
/// </summary>
/// <param name="sideOf">The side of whoever listens on a port; null if it is on none.</param>
internal sealed class NetworkCut(Func<int, int?> sideOf)
{
    private readonly Lock _lock = new();
    private readonly HashSet<(int Side, int Port, ConnectionContext Connection)> _open = [];

    /// <summary>The network is in two.</summary>
    public bool IsMade { get; private set; }

    /// <summary>What a host on a side meets.</summary>
    public IPartition SeenFrom(int side) => new View(this, side);

    /// <summary>Cuts, and ends the connections that led across.</summary>
    public void Make()
    {
        List<ConnectionContext> across;
        lock (_lock)
        {
            IsMade = true;
            across = [.. _open.Where(open => LiesBeyond(open.Side, open.Port)).Select(open => open.Connection)];
        }

        across.ForEach(Abort);
    }

    /// <summary>Joins the halves; the hosts find each other again by themselves.</summary>
    public void Mend()
    {
        lock (_lock)
            IsMade = false;
    }

    private bool LiesBeyond(int side, int port) => IsMade && sideOf(port) is { } other && other != side;

    private void Keep(int side, int port, ConnectionContext connection)
    {
        var entry = (side, port, connection);
        lock (_lock)
        {
            if (LiesBeyond(side, port))
            {
                Abort(connection);
                return;
            }

            _open.Add(entry);
        }

        connection.ConnectionClosed.UnsafeRegister(_ => Forget(entry), null);
    }

    private void Forget((int Side, int Port, ConnectionContext Connection) entry)
    {
        lock (_lock)
            _open.Remove(entry);
    }

    private static void Abort(ConnectionContext connection) => connection.Abort(new ConnectionAbortedException("the network was cut"));

    private sealed class View(NetworkCut cut, int side) : IPartition
    {
        public bool Separates(PeerAddress target)
        {
            lock (cut._lock)
                return cut.LiesBeyond(side, target.Port);
        }

        public void Connected(PeerAddress target, ConnectionContext connection) => cut.Keep(side, target.Port, connection);
    }
}
