using System.Globalization;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary>What the validation alone of a chain took, once from its beginning to its end on all cores: the measure of a sync of that
/// chain.</summary>
/// <param name="Rate">Blocks a second.</param>
/// <param name="Processor">Processor time of a block, ms, without compiling warm code once more.</param>
internal sealed record ValidationAlone(double Rate, double Processor)
{
    /// <summary>Until the code is compiled in its final form.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Validates for a while whatever comes of it.</summary>
    public static void Prepare(ChainInput input, CancellationToken stopping) =>
        new ChainValidation(input).Run(Environment.ProcessorCount, WarmUp, stopping);

    /// <summary>A turn: as long as the sync that it goes in turn with, so that what else the machine does, and the clock of its
    /// cores, meet both alike.</summary>
    public static ValidationAlone Measure(ChainInput input, CancellationToken stopping)
    {
        var validation = new ChainValidation(input);
        var before = OwnCosts.Now;
        var time = validation.RunOnce(Environment.ProcessorCount, stopping);
        var spent = OwnCosts.Now - before;
        return new ValidationAlone(validation.Blocks / time.TotalSeconds, (spent.Processor - spent.Compiling) / validation.Blocks);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"validation alone: {Rate:F0} blocks/s, {Processor:F2} ms a block");
}

/// <summary>What this process has used so far, ms.</summary>
/// <param name="Processor">All of it.</param>
/// <param name="Validating">The threads of a node that check proofs.</param>
/// <param name="Compiling">The thread that compiles warm code once more: it fades in the first minute of a process.</param>
internal readonly record struct OwnCosts(double Processor, double Validating, double Compiling)
{
    public static OwnCosts Now => new(Environment.CpuUsage.TotalTime.TotalMilliseconds, Of("validation"), Of(".NET Tiered"));

    public static OwnCosts operator -(OwnCosts x, OwnCosts y) =>
        new(x.Processor - y.Processor, x.Validating - y.Validating, x.Compiling - y.Compiling);

    private static double Of(string threads) =>
        ProcessorTime.Of(Environment.ProcessId, name => name.StartsWith(threads, StringComparison.Ordinal));
}
