using System.Runtime.Intrinsics.X86;
using Chia.Cryptography.Plots;
using Chia.Protocol.Networks;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary><c>bench pospace</c>: verification of the testnet's genesis proof.</summary>
internal static class ProofOfSpaceBench
{
    /// <summary>A single verification is too short to be timed.</summary>
    private const int Verifications = 100;

    private const double Microseconds = 1e6;

    public static void Run(BenchClock clock)
    {
        var proof = Testnet.Definition.Genesis().HeaderBlock.ProofOfSpace;
        var plotId = proof.PlotId();

        double Seconds(bool software) => clock.Seconds(() =>
        {
            Span<byte> quality = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
            for (var i = 0; i < Verifications; i++)
            {
                var verdict =
                    ProofOfSpaceVerifier.Verify(plotId, proof.Size, proof.ChallengeHash, proof.Proof.Span, quality, out _, software);
                if (verdict != ProofOfSpaceVerdict.Valid)
                    throw new InvalidOperationException($"the genesis proof does not verify: {verdict}");
            }
        }, Verifications);

        var table = new FigureTable($"proof of space, k = {proof.Size}, one thread");
        if (Aes.IsSupported)
            table.Add(
                new Figure("verify with AES instructions", Seconds(software: false) * Microseconds, "us", ReferenceFigures.ProofOfSpace));
        table.Add(new Figure("verify without", Seconds(software: true) * Microseconds, "us", ReferenceFigures.ProofOfSpace))
            .Print(clock.Report);
    }
}
