namespace Chia.Silo.Simulation.Hosts;

/// <summary>Something of a simulation that is stopped, killed and started again: a host in this process, or a process of its
/// cluster.</summary>
internal interface ISimulatedHost : IAsyncDisposable
{
    /// <summary>Its name; no other has it.</summary>
    string Name { get; }

    /// <summary>What it is, in a word: a role, silo or gateway.</summary>
    string Kind { get; }

    /// <summary>Side of a cut that it is on.</summary>
    int Side { get; }

    bool IsRunning { get; }

    Task Start(CancellationToken cancellation);

    /// <summary>Ends it in order.</summary>
    Task Stop();

    /// <summary>Ends it with no chance to do anything, where it is a process.</summary>
    Task Kill();
}
