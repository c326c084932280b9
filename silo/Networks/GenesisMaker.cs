using System.Security.Cryptography;
using System.Text;
using Chia.Consensus.Rules;
using Chia.Cryptography.Bls12381;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Silo.Networks;

/// <summary>Makes the first block of a network of one's own: a real proof of space, a real proof of time, real signatures.</summary>
internal static class GenesisMaker
{
    /// <summary>Challenges looked up; the one that needs the fewest iterations is taken, so that nobody waits.</summary>
    private const int Candidates = 50;

    /// <summary>Proofs of time made at most: with one proof for every second challenge, a failure is one in a million.</summary>
    private const int MaxTries = 20;

    /// <summary>How long the delay function is run to measure its speed.</summary>
    private static readonly TimeSpan MeasureTime = TimeSpan.FromSeconds(2);

    /// <summary>Iterations per second that one thread of this machine reaches.</summary>
    public static async Task<ulong> MeasureSpeed(int discriminantBits, CancellationToken cancellation)
    {
        var evaluator = new VdfEvaluator(new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)), discriminantBits);
        evaluator.Request(VdfEvaluator.MaximumIterations);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var run = Task.Factory.StartNew(() => RunUntilCancelled(evaluator, stop.Token), TaskCreationOptions.LongRunning);
        ulong speed;
        do
        {
            // A thread that has had no turn yet, on a machine that is busy, has no speed.
            await Task.Delay(MeasureTime, cancellation);
            speed = (ulong)evaluator.Progress.IterationsPerSecond;
        }
        while (speed == 0 && !run.IsCompleted);
        await stop.CancelAsync();
        await run;
        return speed;
    }

    /// <summary>Proofs that the plots have for a challenge, on average: about one a plot, fewer for small k.</summary>
    public static double CountProofs(IReadOnlyList<OwnedPlot> plots)
    {
        var found = 0;
        for (var i = 0; i < Candidates; i++)
        {
            var challenge = new Bytes32(SHA256.HashData(BitConverter.GetBytes(i)));
            found += plots.Sum(plot => plot.Prover.GetQualities(challenge).Count);
        }

        return (double)found / Candidates;
    }

    /// <summary>The network whose genesis block is made from these plots, now.</summary>
    public static async Task<NetworkDefinition> Make(
        string networkId, ConsensusConstants constants, IReadOnlyList<OwnedPlot> plots, DateTimeOffset now, CancellationToken cancellation)
    {
        var (proof, plot, challenge, proofOfTime) = await FindStart(networkId, constants, plots, cancellation);
        var coinbase = new CoinbaseInfo(0, constants.BlockReward, new Bytes32(SHA256.HashData(proof.PoolPublicKey.Span)));
        var body = new Body(
            coinbase,
            plot.PoolKey.SignPrepend(coinbase.ToBytes()),
            new FeesTarget(coinbase.PuzzleHash, 0),
            null,
            new Bytes32(SHA256.HashData([])),
            0);
        var data = new HeaderData(default, (ulong)now.ToUnixTimeSeconds(), default, proof.Sha256(), body.Sha256(), default);
        var header = new Header(data, plot.PlotKey.SignPrepend(data.Sha256().ToArray()));
        var block = new FullBlock(new HeaderBlock(proof, proofOfTime, challenge, header), body);
        return new NetworkDefinition { NetworkId = networkId, Constants = constants, GenesisBytes = block.ToBytes() };
    }

    /// <summary>The cheapest proofs whose challenge one of the plots answers: a network that nobody can continue is none.</summary>
    private static async Task<(ProofOfSpace Proof, OwnedPlot Plot, Challenge Challenge, ProofOfTime ProofOfTime)> FindStart(
        string networkId, ConsensusConstants constants, IReadOnlyList<OwnedPlot> plots, CancellationToken cancellation)
    {
        foreach (
            var (proof, plot, iterations) in FindProofs(networkId, constants, plots).OrderBy(found => found.Iterations).Take(MaxTries))
        {
            var proofOfTime = await Prove(proof.ChallengeHash, iterations, constants.DiscriminantSizeBits, cancellation);
            var challenge = new Challenge(
                proof.ChallengeHash, proof.Sha256(), proofOfTime.Output.Sha256(), 0, constants.DifficultyStarting, iterations);
            var next = challenge.Sha256();
            if (plots.Any(p => p.Prover.GetQualities(next).Count > 0))
                return (proof, plot, challenge, proofOfTime);
        }

        throw new UserException("these plots have too few proofs to begin a network: make more of them, or larger ones");
    }

    private static IEnumerable<(ProofOfSpace Proof, OwnedPlot Plot, ulong Iterations)> FindProofs(
        string networkId, ConsensusConstants constants, IReadOnlyList<OwnedPlot> plots)
    {
        for (var i = 0; i < Candidates; i++)
        {
            var challenge = new Bytes32(SHA256.HashData(Encoding.UTF8.GetBytes($"{networkId} genesis {i}")));
            foreach (var plot in plots)
            {
                foreach (var quality in plot.Prover.GetQualities(challenge))
                {
                    var error = Iterations.TryCompute(
                        quality.Quality, (byte)plot.Prover.K, constants.DifficultyStarting, constants.VdfIpsStarting,
                        constants.MinBlockTime, out var iterations);
                    if (error != IterationsError.None)
                        continue;
                    if (!plot.Prover.TryGetProof(challenge, quality.Index, out var bytes))
                        throw new UserException($"the plot {plot.Prover.Path} is damaged: it has a quality without a proof");
                    yield return (
                        new ProofOfSpace(challenge, plot.PoolKey.PublicKey, plot.PlotKey.PublicKey, (byte)plot.Prover.K, bytes), plot,
                        iterations);
                }
            }
        }
    }

    private static async Task<ProofOfTime> Prove(Bytes32 challenge, ulong iterations, int discriminantBits, CancellationToken cancellation)
    {
        var evaluator = new VdfEvaluator(challenge, discriminantBits);
        var done = new TaskCompletionSource<ProofOfTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        evaluator.ProofReady += proof => done.TrySetResult(proof);
        evaluator.Request(iterations);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var run = Task.Factory.StartNew(() => RunUntilCancelled(evaluator, stop.Token), TaskCreationOptions.LongRunning);
        var proof = await done.Task.WaitAsync(cancellation);
        await stop.CancelAsync();
        await run;
        return proof;
    }

    private static void RunUntilCancelled(VdfEvaluator evaluator, CancellationToken cancellation)
    {
        try
        {
            evaluator.Run(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was wanted is there.
        }
    }
}

/// <summary>A plot with the keys that its blocks need.</summary>
internal sealed record OwnedPlot(PlotProver Prover, PrivateKey PoolKey, PrivateKey PlotKey);
