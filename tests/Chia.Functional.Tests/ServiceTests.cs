using System.Net.Sockets;
using System.Text;
using Chia.Functional.Tests.Support;

namespace Chia.Functional.Tests;

/// <summary>What a service manager is told (systemd, <c>Type=notify</c>).</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Systemd_is_told_when_a_node_is_ready_and_when_it_stops()
    {
        using var folder = new TempFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = folder.File("notify");
        socket.Bind(new UnixDomainSocketEndPoint(path));
        await using var node = ChiaProcess.StartWith(
            ("NOTIFY_SOCKET", path), "start", "introducer", "--root", folder.Sub("root"), "--host", "127.0.0.1", "--port", "0");
        await node.WaitUntilReady();

        Assert.Equal("READY=1", await Receive(socket));
        node.Terminate();
        Assert.Equal("STOPPING=1", await Receive(socket));
        Assert.Equal(0, await node.WaitForExit());
    }

    private static async Task<string> Receive(Socket socket)
    {
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().Within("a word to systemd");
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
