using System.Buffers.Binary;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>Samples a plot: does it answer challenges as often as it should, and are its answers valid?</summary>
public static class PlotCheck
{
    /// <summary>Asks a plot for the proofs of some challenges and verifies each of them.</summary>
    /// <param name="prover">The plot.</param>
    /// <param name="challenges">How many; about 0.94 proofs are found per challenge, at k = 16 only 0.35.</param>
    /// <param name="seed">Another seed, other challenges.</param>
    /// <param name="cancellation">Stops between challenges.</param>
    /// <returns>The counts; damaged places are counted, not thrown.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PlotCheckResult Run(PlotProver prover, int challenges, int seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prover);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(challenges);
        int proofs = 0, failures = 0;
        string? firstFailure = null;
        for (var i = 0; i < challenges; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var challenge = Challenge(prover.PlotId, seed, i);
            try
            {
                foreach (var quality in prover.GetQualities(challenge))
                {
                    if (IsValid(prover, challenge, quality))
                    {
                        proofs++;
                        continue;
                    }

                    failures++;
                    firstFailure ??= $"challenge {challenge}: proof {quality.Index} does not have the quality that was found";
                }
            }
            catch (PlotFileException e)
            {
                failures++;
                firstFailure ??= e.Message;
            }
        }

        var expected = EntryCount(prover, ref failures, ref firstFailure) * (double)challenges / (1UL << prover.K);
        return new PlotCheckResult(challenges, proofs, failures, expected, firstFailure);
    }

    private static bool IsValid(PlotProver prover, Bytes32 challenge, PlotQuality quality)
    {
        Span<byte> text = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        return prover.TryGetProof(challenge, quality.Index, out var proof)
            && ProofOfSpaceVerifier.Verify(
                prover.PlotId, prover.K, challenge, proof.Span, text, out var length) == ProofOfSpaceVerdict.Valid
            && text[..length].SequenceEqual(quality.QualityString.Span);
    }

    private static long EntryCount(PlotProver prover, ref int failures, ref string? firstFailure)
    {
        try
        {
            return prover.Checkpoints.EntryCount();
        }
        catch (PlotFileException e)
        {
            failures++;
            firstFailure ??= e.Message;
            return 0;
        }
    }

    private static Bytes32 Challenge(Bytes32 plotId, int seed, int number)
    {
        Span<byte> input = stackalloc byte[Bytes32.Size + (2 * sizeof(int))];
        plotId.Span.CopyTo(input);
        BinaryPrimitives.WriteInt32BigEndian(input[Bytes32.Size..], seed);
        BinaryPrimitives.WriteInt32BigEndian(input[(Bytes32.Size + sizeof(int))..], number);
        return new Bytes32(SHA256.HashData(input));
    }
}

/// <summary>What a check of a plot found.</summary>
/// <param name="Challenges">Challenges that were put.</param>
/// <param name="Proofs">Valid proofs found.</param>
/// <param name="Failures">Proofs that could not be read or were not valid; anything above 0 means damage.</param>
/// <param name="ExpectedProofs">How many proofs a plot with as many entries finds on average; its standard deviation is about the square
/// root.</param>
/// <param name="FirstFailure">What the first failure was, or null.</param>
public sealed record PlotCheckResult(int Challenges, int Proofs, int Failures, double ExpectedProofs, string? FirstFailure)
{
    /// <summary>True if nothing failed and the number of proofs is within five standard deviations of what is expected.</summary>
    public bool IsHealthy => Failures == 0 && Math.Abs(Proofs - ExpectedProofs) <= 5 * Math.Sqrt(ExpectedProofs + 1);
}
