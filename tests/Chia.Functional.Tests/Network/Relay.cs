using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chia.Functional.Tests.Network;

/// <summary>A line between two processes that the test cuts and mends: it listens on loopback and passes bytes on.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <param name="target">HOST:PORT that it leads to.</param>
    public Relay(string target)
    {
        _target = IPEndPoint.Parse(target);
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>HOST:PORT to dial.</summary>
    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    /// <summary>Whoever dialled since it was cut, in vain.</summary>
    public int Refused { get; private set; }

    /// <summary>Breaks what is connected, and every connection to come.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var client in _open.Keys)
            client.Close();
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                if (_isCut)
                {
                    Refused++;
                    client.Close();
                }
                else
                {
                    _ = Carry(client);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was disposed of.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        _open[near] = _open[far] = true;
        try
        {
            // It may have been cut between the look and the entry.
            if (_isCut)
                return;
            await far.ConnectAsync(_target);
            // One direction ends: the line is gone.
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut, or one end is gone.
        }
        finally
        {
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
        }
    }
}
