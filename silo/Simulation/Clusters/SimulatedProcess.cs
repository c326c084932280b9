using Chia.Silo.Hosting.Processes;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation.Clusters;

/// <summary>A silo or a gateway of a simulated cluster, as a process of its own.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">silo or gateway.</param>
/// <param name="arguments">Its command line; the same at every start.</param>
/// <param name="log">Gets what it says.</param>
/// <param name="tell">Told that it has ended by itself.</param>
internal sealed class SimulatedProcess(
    string name, string kind, IReadOnlyList<string> arguments, Action<string> log, Action<string> tell) : ISimulatedHost
{
    /// <summary>A silo hands over its work within this, or is killed: whoever watches a simulation does not wait longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>When all end there is nobody to hand over to, and what was acknowledged is stored.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile ChildProcess? _process;

    public string Name { get; } = name;

    public string Kind { get; } = kind;

    public int Side => 0;

    public bool IsRunning => _process is { Exited.IsCompleted: false };

    /// <summary>The line with which it said that it is ready; null while it does not run.</summary>
    public string? Ready { get; private set; }

    public async Task Start(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (IsRunning)
                return;
            if (_process is { } ended)
                await ended.DisposeAsync();
            _process = ChildProcess.Start(arguments, log);
            Ready = await _process.WaitUntilReady(cancellation);
            _ = TellEnd(_process);
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task Stop() => End(process => process.Stop(Patience));

    public Task Kill() => End(process => process.Kill());

    public async ValueTask DisposeAsync()
    {
        await End(process => process.Stop(LastPatience));
        _gate.Dispose();
    }

    /// <summary>Whoever is stopped or killed by us is no longer ours by then.</summary>
    private async Task TellEnd(ChildProcess process)
    {
        await process.Exited;
        if (_process == process)
            tell($"{Name} has ended by itself: see {Name}.log");
    }

    private async Task End(Func<ChildProcess, Task> end)
    {
        await _gate.WaitAsync();
        try
        {
            if (_process is not { } process)
                return;
            (_process, Ready) = (null, null);
            await end(process);
            await process.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}
