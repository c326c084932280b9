using System.Globalization;
using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Api.Shapes;

namespace Chia.Silo.Api.Answers;

/// <summary>One block as people look at it.</summary>
internal static class BlockDetails
{
    /// <summary>Bytes of a plot a unit of k · 2^k (CONSENSUS.md 7).</summary>
    private const double PlotFactor = 0.762;

    public static BlockDetail Of(BlockPlace place, BlockData data, ConsensusConstants constants)
    {
        var (row, block) = (place.Row, data.Block);
        var (info, header, body) = (row.Block, block.HeaderBlock, block.Body);
        return new BlockDetail(
            info.Height,
            info.HeaderHash.ToString(),
            info.PrevHeaderHash.ToString(),
            [.. place.Children.Select(child => child.ToString())],
            row.IsOnChain,
            row.IsTip,
            info.Timestamp,
            info.TotalWeight,
            info.TotalIterations,
            info.Difficulty,
            info.IterationsPerSecond,
            data.Bytes.Length,
            Space(header.ProofOfSpace, info.Quality),
            header.ProofOfTime is { } time ? Time(time, constants) : null,
            Iterations(info, row.Iterations, header.ProofOfSpace.Size, constants),
            header.Challenge is { } challenge ? Challenge(challenge) : null,
            Header(header.Header),
            new BlockCoinbase(
                body.Coinbase.Height, body.Coinbase.Amount, body.Coinbase.PuzzleHash.ToString(), body.CoinbaseSignature.ToString()),
            new BlockFees(body.FeesTarget.Amount, body.FeesTarget.PuzzleHash.ToString()),
            new BlockBody(body.SolutionsGenerator.ToString(), body.Cost, body.AggregatedSignature?.ToString()));
    }

    /// <summary>Size of a plot as consensus counts it.</summary>
    public static double PlotBytes(int k) => PlotFactor * k * Math.Pow(2, k);

    private static BlockSpace Space(ProofOfSpace space, Bytes32 quality) =>
        new(
            space.ChallengeHash.ToString(),
            space.Size,
            space.PlotId().ToString(),
            space.PlotPublicKey.ToString(),
            space.PoolPublicKey.ToString(),
            quality.ToString(),
            Hex.Encode(space.Proof.Span),
            space.Sha256().ToString());

    private static BlockTime Time(ProofOfTime time, ConsensusConstants constants) =>
        new(
            time.ChallengeHash.ToString(),
            time.NumberOfIterations,
            time.WitnessType,
            Hex.Encode(time.Output.A.Span),
            Hex.Encode(time.Output.B.Span),
            Hex.Encode(time.Witness.Span),
            constants.DiscriminantSizeBits);

    private static BlockIterations Iterations(TipInfo info, ulong iterations, byte k, ConsensusConstants constants)
    {
        var minimum = constants.MinBlockTime * info.IterationsPerSecond;
        var plot = PlotBytes(k);
        var logarithm = -Math.Log(Fraction(info.Quality));
        var filled = string.Create(
            CultureInfo.InvariantCulture,
            $"{constants.MinBlockTime} · {info.IterationsPerSecond} + ⌈{info.Difficulty} · 2³² · {logarithm:0.000000} ÷ (0.762 · {k} · 2^{k})⌉ = {iterations}");
        return new BlockIterations(
            "m₀ · ips + ⌈difficulty · 2³² · −ln(quality ÷ 2²⁵⁶) ÷ (0.762 · k · 2^k)⌉",
            filled,
            constants.MinBlockTime,
            info.IterationsPerSecond,
            minimum,
            iterations > minimum ? iterations - minimum : 0,
            iterations,
            plot,
            logarithm);
    }

    private static BlockChallenge Challenge(Challenge challenge) =>
        new(
            challenge.Sha256().ToString(),
            challenge.PrevChallengeHash.ToString(),
            challenge.ProofOfSpaceHash.ToString(),
            challenge.ProofOfTimeOutputHash.ToString());

    private static BlockHeader Header(Header header) =>
        new(
            header.Data.FilterHash.ToString(),
            header.Data.ProofOfSpaceHash.ToString(),
            header.Data.BodyHash.ToString(),
            header.Data.ExtensionData.ToString(),
            header.HarvesterSignature.ToString());

    /// <summary>quality ÷ 2²⁵⁶, from its first 64 bits, and never 0.</summary>
    private static double Fraction(Bytes32 quality) =>
        Math.Max(1, System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(quality.Span)) / Math.Pow(2, 64);
}
