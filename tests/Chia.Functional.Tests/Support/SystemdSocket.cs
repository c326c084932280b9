using System.Net.Sockets;
using System.Text;
using Chia.Testing;

namespace Chia.Functional.Tests.Support;

/// <summary>Where a process that is started with it as <c>NOTIFY_SOCKET</c> tells how far it has come.</summary>
internal sealed class SystemdSocket : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public SystemdSocket() => _socket.Bind(new UnixDomainSocketEndPoint(Path));

    /// <summary>The variable for the process.</summary>
    public (string Name, string Value) Variable => ("NOTIFY_SOCKET", Path);

    private string Path => _folder.File("notify");

    /// <summary>A process that is ready has said so; one that is told to stop says that, and ends.</summary>
    public async Task HearsOf(ChiaProcess process)
    {
        await process.WaitUntilReady();
        Assert.Equal("READY=1", await Receive());
        process.Terminate();
        Assert.Equal("STOPPING=1", await Receive());
        Assert.Equal(0, await process.WaitForExit());
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    private async Task<string> Receive()
    {
        var buffer = new byte[256];
        var length = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().Within("a word to systemd");
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
