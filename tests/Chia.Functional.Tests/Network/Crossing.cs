using System.Net;
using System.Net.Sockets;
using Chia.Functional.Tests.Support;

namespace Chia.Functional.Tests.Network;

/// <summary>
/// Lines of two nodes to each other, on which they meet half-way: what one dials leads to the other only when both have dialled, so that
/// both handshakes are under way at one time.
/// </summary>
internal sealed class Crossing : IAsyncDisposable
{
    private readonly TcpListener[] _listeners = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
    private readonly List<TcpClient> _open = [];
    private readonly List<Task> _carried = [];
    private readonly Task<TcpClient>?[] _waiting = new Task<TcpClient>?[2];

    public Crossing()
    {
        foreach (var listener in _listeners)
            listener.Start();
    }

    /// <summary>What a node dials, the first or the second.</summary>
    public int PortFor(int node) => ((IPEndPoint)_listeners[node].LocalEndpoint).Port;

    /// <summary>Waits until both have dialled, and connects both.</summary>
    /// <param name="ports">Where they listen.</param>
    public async Task Meet(params int[] ports)
    {
        var near = new TcpClient[2];
        for (var i = 0; i < 2; i++)
            near[i] = await _listeners[i].AcceptTcpClientAsync().Within("a dial");
        for (var i = 0; i < 2; i++)
        {
            var far = new TcpClient();
            await far.ConnectAsync(IPAddress.Loopback, ports[1 - i], TestContext.Current.CancellationToken);
            _open.AddRange([near[i], far]);
            _carried.Add(Carry(near[i], far));
            _waiting[i] = _listeners[i].AcceptTcpClientAsync();
        }
    }

    /// <summary>Nobody has dialled since they met.</summary>
    public bool IsQuiet => !_waiting.Any(w => w is { IsCompleted: true });

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
            listener.Dispose();
        foreach (var client in _open)
            client.Dispose();
        await Task.WhenAll(_carried);
        foreach (var dial in _waiting.OfType<Task<TcpClient>>())
            await ((Task)dial).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task Carry(TcpClient near, TcpClient far)
    {
        try
        {
            var (one, other) = (near.GetStream(), far.GetStream());
            await Task.WhenAny(one.CopyToAsync(other), other.CopyToAsync(one));
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
