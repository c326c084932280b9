using System.Net;
using Chia.GrainInterfaces.Clusters;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Simulation.Hosts;

/// <summary>One node of the simulated network, as a host of its own in this process: it can be stopped and started again.</summary>
internal sealed class SimulatedHost(string name, Role role, int side, Func<int, NodeSettings> settings) : ISimulatedHost, ISimulatedNode
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile RunningNode? _node;

    public string Name { get; } = name;

    public string Kind { get; } = RoleNames.Of(role);

    public int Side { get; } = side;

    /// <summary>Port of the only role; the same after every restart, so that peers find it again.</summary>
    public int Port { get; private set; }

    public PeerAddress Endpoint => PeerAddress.Of(PeerHost.Of(IPAddress.Loopback), (ushort)Port);

    public IReadOnlyList<PeerAddress> Endpoints => [Endpoint];

    public bool IsRunning => _node is not null;

    public ApiNode? Api => _node is { } node ? node.Api with { Name = Name } : null;

    public async Task Start(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_node is not null)
                return;
            // Not any that the system gives: while the host is stopped it would give it to somebody else.
            Port = Port == 0 ? FreePorts.FindRun(1) : Port;
            _node = await NodeHost.Start(settings(Port), cancellation);
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

    /// <summary>It shares our process.</summary>
    public Task Kill() => Stop();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _gate.Dispose();
    }

    public Task<NodeStatus?> GetStatus() => Ask<NodeStatus?>(async node => await node.Status.ReadNow());

    public async Task<T?> Ask<T>(Func<ApiNode, Task<T>> question)
    {
        if (_node is not { } node)
            return default;
        try
        {
            return await question(node.Api);
        }
        catch (Exception error) when (_node != node || CallFaults.GoesBy(error))
        {
            // It was stopped meanwhile, or the machine is too busy: whoever asks again is answered.
            return default;
        }
    }
}
