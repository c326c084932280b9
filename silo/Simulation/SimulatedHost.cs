using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Simulation;

/// <summary>One process of the simulated network, as a host of its own in this process: it can be stopped and started again.</summary>
internal sealed class SimulatedHost(string name, Role role, int side, Func<int, NodeSettings> settings) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile RunningNode? _node;

    public string Name { get; } = name;

    public Role Role { get; } = role;

    /// <summary>Side of a cut that it is on.</summary>
    public int Side { get; } = side;

    /// <summary>Port of the only role; the same after every restart, so that peers find it again.</summary>
    public int Port { get; private set; }

    /// <summary>The node; null while it is stopped.</summary>
    public RunningNode? Running => _node;

    public bool IsRunning => _node is not null;

    public async Task Start(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_node is not null)
                return;
            _node = await NodeHost.Start(settings(Port), cancellation);
            Port = _node.PortOf(Role);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task Stop()
    {
        await _gate.WaitAsync();
        try
        {
            if (_node is null)
                return;
            var node = _node;
            _node = null;
            await node.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _gate.Dispose();
    }

    /// <summary>Null while it is stopped.</summary>
    public Task<NodeStatus?> GetStatus() => Ask<NodeStatus?>(async node => await node.GetStatus());

    /// <summary>What the node answers; nothing while it is stopped, or stops at this moment.</summary>
    public async Task<T?> Ask<T>(Func<RunningNode, Task<T>> question)
    {
        if (_node is not { } node)
            return default;
        try
        {
            return await question(node);
        }
        catch (Exception) when (_node != node)
        {
            return default;
        }
    }
}
