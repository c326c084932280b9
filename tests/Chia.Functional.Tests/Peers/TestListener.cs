using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Chia.Functional.Tests.Support;

namespace Chia.Functional.Tests.Peers;

/// <summary>A test peer that nodes dial: it shakes hands with each and does what its script says.</summary>
internal sealed class TestListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly PeerScript _script;
    private readonly byte[]? _handshake;
    private readonly Channel<TestPeer> _accepted = Channel.CreateUnbounded<TestPeer>();
    private readonly List<TestPeer> _peers = [];
    private readonly Task _accepting;

    /// <param name="script">What it does by itself, on every connection.</param>
    /// <param name="handshake">A whole frame to introduce itself with; null for a new identity each time.</param>
    public TestListener(PeerScript script, byte[]? handshake = null)
    {
        _script = script;
        _handshake = handshake;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next connection, its handshake done.</summary>
    public Task<TestPeer> Accepted() => _accepted.Reader.ReadAsync().AsTask().Within("a connection from the node");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var peer in _peers)
            await peer.DisposeAsync();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                try
                {
                    var peer = await TestPeer.Begin(client, _script, handshake: _handshake);
                    _peers.Add(peer);
                    await _accepted.Writer.WriteAsync(peer);
                }
                catch (Exception error) when (error is IOException or InvalidOperationException)
                {
                    // That one gave up; the next may not.
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            _accepted.Writer.Complete();
        }
    }
}
