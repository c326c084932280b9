using System.Net;
using System.Net.Sockets;
using Chia.Silo.Hosting;

namespace Chia.Silo.Tests.Hosting;

/// <summary>Ports that nobody has just now.</summary>
public sealed class FreePortsTests
{
    [Fact]
    public void A_run_of_ports_can_be_listened_on_all_at_once()
    {
        var first = FreePorts.FindRun(20);
        var listeners = Enumerable.Range(first, 20).Select(port => new TcpListener(IPAddress.Loopback, port)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            Assert.InRange(first + 19, 1024, 32_767);
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
