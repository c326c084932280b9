using Chia.Cryptography;

namespace Chia.Silo.Hosting;

/// <summary>
/// Logs which vector instructions have failed their self-check. Without them the arithmetic costs several times as much; and a
/// processor or memory that miscalculates should be examined.
/// </summary>
internal sealed class VectorFaultWatch(VectorFaults faults, ILogger<VectorFaultWatch> log) : IHostedService, IDisposable
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = faults.Watch(fault => VectorFaultLog.SwitchedOff(log, Name(fault.Algorithm), fault.Vectors, fault.Why));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _watch?.Dispose();

    private static string Name(VectorUse algorithm) => algorithm switch
    {
        VectorUse.Discriminants => "discriminants are searched for",
        VectorUse.Products => "limbs are multiplied",
        VectorUse.SignatureBatches => "batches of signatures are verified",
        VectorUse.Pairings => "single signatures are verified",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };
}

internal static partial class VectorFaultLog
{
    [LoggerMessage(
        5301, LogLevel.Warning,
        "{Work} without {Vectors}, which failed its self-check ({Why}): slower, and right; check the processor and the memory")]
    public static partial void SwitchedOff(ILogger logger, string work, string vectors, string why);
}
