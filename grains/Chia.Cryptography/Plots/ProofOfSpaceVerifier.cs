using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>Verifies proofs of space (POSPACE.md 4 and 5). Stateless, allocates nothing, safe from any thread.</summary>
public static class ProofOfSpaceVerifier
{
    /// <summary>The longest quality string, that of k = 59.</summary>
    public const int MaxQualityStringLength = 15;

    /// <summary>Verifies the proof of a block against the challenge it names (CONSENSUS.md 17.2).</summary>
    /// <param name="proof">The proof of space.</param>
    /// <param name="quality">H(challenge ‖ quality string); zero if the proof is invalid.</param>
    /// <returns>True if the proof is valid.</returns>
    public static bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        ArgumentNullException.ThrowIfNull(proof);
        Span<byte> text = stackalloc byte[MaxQualityStringLength];
        if (Verify(proof.PlotId(), proof.Size, proof.ChallengeHash, proof.Proof.Span, text, out var length) != ProofOfSpaceVerdict.Valid)
        {
            quality = default;
            return false;
        }

        quality = QualityOf(proof.ChallengeHash, text[..length]);
        return true;
    }

    /// <summary>The quality of a quality string: H(challenge ‖ quality string) (POSPACE.md 4.3).</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="qualityString">1 … 15 bytes.</param>
    internal static Bytes32 QualityOf(Bytes32 challenge, ReadOnlySpan<byte> qualityString)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qualityString.Length, MaxQualityStringLength);
        Span<byte> input = stackalloc byte[Bytes32.Size + MaxQualityStringLength];
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        challenge.Span.CopyTo(input);
        qualityString.CopyTo(input[Bytes32.Size..]);
        SHA256.HashData(input[..(Bytes32.Size + qualityString.Length)], hash);
        return new Bytes32(hash);
    }

    /// <summary>Verifies a proof and takes its quality string.</summary>
    /// <param name="plotId">The plot id.</param>
    /// <param name="k">Plot size; anything outside 1 … 59 is rejected.</param>
    /// <param name="challenge">The challenge; its first k and last five bits matter.</param>
    /// <param name="proof">64 values of k bits in proof order: exactly 8·k bytes.</param>
    /// <param name="qualityString">Receives ⌈2k/8⌉ bytes; 15 are enough for every k.</param>
    /// <param name="qualityStringLength">Bytes written; 0 unless valid.</param>
    public static ProofOfSpaceVerdict Verify(
        Bytes32 plotId, int k, Bytes32 challenge, ReadOnlySpan<byte> proof, Span<byte> qualityString, out int qualityStringLength)
        => Verify(plotId, k, challenge, proof, qualityString, out qualityStringLength, software: false);

    /// <summary>As the other overload; for tests and measurements, <paramref name="software"/> does without AES instructions.</summary>
    public static ProofOfSpaceVerdict Verify(
        Bytes32 plotId, int k, Bytes32 challenge, ReadOnlySpan<byte> proof, Span<byte> qualityString, out int qualityStringLength,
        bool software)
    {
        qualityStringLength = 0;
        if (k is < PlotConstants.MinSize or > PlotConstants.MaxSize)
            return ProofOfSpaceVerdict.SizeOutOfRange;
        if (proof.Length != 8 * k)
            return ProofOfSpaceVerdict.WrongLength;

        Span<ulong> values = stackalloc ulong[PlotConstants.ProofValues];
        for (var i = 0; i < values.Length; i++)
            values[i] = (ulong)BitPacking.Read(proof, i * k, k);

        if (!ProofTree.TryFold(new PlotFunctions(plotId, k, software), values, out var f7))
            return ProofOfSpaceVerdict.ValuesDoNotMatch;
        if (f7 != PlotFunctions.LeadingBits(challenge, k))
            return ProofOfSpaceVerdict.WrongChallenge;

        ProofOrder.ToPlotOrder(values);
        qualityStringLength = WriteQualityString(values, k, challenge, qualityString);
        return ProofOfSpaceVerdict.Valid;
    }

    /// <summary>Writes the quality string of 64 values in plot order and returns its length (POSPACE.md 4.2, step 4).</summary>
    internal static int WriteQualityString(ReadOnlySpan<ulong> plotOrder, int k, Bytes32 challenge, Span<byte> qualityString)
    {
        var pair = 2 * (challenge.Span[^1] & 31);
        var length = BitPacking.Bytes(2 * k);
        qualityString[..length].Clear();
        BitPacking.Write(qualityString, 0, k, plotOrder[pair]);
        BitPacking.Write(qualityString, k, k, plotOrder[pair + 1]);
        return length;
    }
}

/// <summary>What a verification of a proof of space found; everything but <see cref="Valid"/> makes its block invalid.</summary>
public enum ProofOfSpaceVerdict
{
    /// <summary>The proof answers the challenge.</summary>
    Valid,

    /// <summary>k is not in 1 … 59 (POSPACE.md 5.3).</summary>
    SizeOutOfRange,

    /// <summary>The proof is not exactly 8·k bytes long.</summary>
    WrongLength,

    /// <summary>Two neighbouring subtrees do not match (POSPACE.md 3).</summary>
    ValuesDoNotMatch,

    /// <summary>The values belong together, but answer another challenge.</summary>
    WrongChallenge,
}
