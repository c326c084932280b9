using Chia.Cryptography.Plots;
using Chia.Fuzz.Driver;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Fuzz.Targets;

/// <summary>Damaged plots: opened and asked, or refused with the plot's own exception.</summary>
internal sealed class PlotTarget() : FuzzTarget("plots")
{
    private readonly byte[] _good = File.ReadAllBytes(Vectors.PathOf("plot-k16.plot"));
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"chia-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}.plot");

    public override IReadOnlyList<byte[]> Corpus => Patches.Corpus;

    public override int ShortRun => 300;

    /// <summary>The copy of the plot, and what a look-up takes.</summary>
    public override long AllocationBase => 16 * 1024 * 1024;

    public override void Run(byte[] input)
    {
        File.WriteAllBytes(_path, Patches.Apply(_good, input));
        var chance = Chance.Of(input);
        try
        {
            using var prover = PlotProver.Open(_path);
            for (var i = 0; i < 3; i++)
                Ask(prover, Challenge(chance));
        }
        catch (PlotFileException)
        {
            // A refusal by name.
        }
    }

    public override void Dispose()
    {
        File.Delete(_path);
        base.Dispose();
    }

    private static void Ask(PlotProver prover, Bytes32 challenge)
    {
        var qualities = prover.GetQualities(challenge);
        for (var i = 0; i < Math.Min(qualities.Count, 4); i++)
            prover.TryGetProof(challenge, i, out _);
    }

    private static Bytes32 Challenge(Chance chance)
    {
        var bytes = new byte[Bytes32.Size];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)chance.Next();
        return new Bytes32(bytes);
    }
}
