using System.Collections.Concurrent;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.ClassGroups;

public class VdfEvaluatorTests
{
    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public async Task Proofs_are_the_references_bit_for_bit(string backend)
    {
        var compared = 0;
        foreach (var vector in VdfVectors.List("proofs").Where(v => v.Text("name").StartsWith("honest-", StringComparison.Ordinal)))
        {
            var expected = vector.Proof();
            var options = new VdfEvaluatorOptions { WitnessType = expected.WitnessType, SegmentRule = SegmentRule.Balanced };
            var evaluator =
                new VdfEvaluator(expected.ChallengeHash, vector.GetProperty("bits").GetInt32(), options, Backends.Parse(backend));
            Assert.Equal([expected], await ProofsOf(evaluator, expected.NumberOfIterations));
            compared++;
        }

        Assert.Equal(33, compared);
    }

    [Fact]
    public async Task A_timelords_proof_is_reproduced_bit_for_bit()
    {
        var expected = VdfVectors.OfChain("real300")[1];
        Assert.Equal([expected], await ProofsOf(new VdfEvaluator(expected.ChallengeHash, 1024), expected.NumberOfIterations));
    }

    [Theory]
    [InlineData(16, 5000)]
    [InlineData(17, 777)]
    [InlineData(256, 4001)]
    [InlineData(512, 3000)]
    [InlineData(1024, 2000)]
    public async Task Proofs_of_every_witness_type_verify(int bits, ulong iterations)
    {
        foreach (var rule in Enum.GetValues<SegmentRule>())
        {
            for (var type = 0; type <= 3; type++)
            {
                var options = new VdfEvaluatorOptions { WitnessType = type, SegmentRule = rule };
                var proof = Assert.Single(await ProofsOf(new VdfEvaluator(Challenge(bits), bits, options), iterations));
                Assert.Equal((iterations, (byte)type), (proof.NumberOfIterations, proof.WitnessType));
                Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, bits));
            }
        }
    }

    [Fact]
    public async Task Several_counts_at_once_give_the_proofs_of_each_alone()
    {
        ulong[] counts = [3, 4, 10, 99, 100, 149, 150, 151, 999, 1000, 1001, 2500];
        var together = await ProofsOf(new VdfEvaluator(Challenge(1), 256, new VdfEvaluatorOptions { ProverThreads = 2 }), counts);
        Assert.Equal(counts.Length, together.Count);
        foreach (var count in counts)
        {
            var alone = Assert.Single(await ProofsOf(new VdfEvaluator(Challenge(1), 256), count));
            Assert.Contains(alone, together);
            Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(alone, 256));
        }
    }

    [Fact]
    public async Task Requests_may_come_late_or_for_iterations_already_passed()
    {
        var evaluator = new VdfEvaluator(Challenge(2), 256);
        await using var run = new BackgroundRun(evaluator);
        Assert.True(evaluator.Request(3000));
        Assert.False(evaluator.Request(3000));
        var first = await run.Next();
        Assert.True(evaluator.Progress.Iterations is >= 2990 and <= 3000);

        // Behind, at, and just before the current place; then further on.
        foreach (ulong late in new ulong[] { 1234, 2999, 3, 5000 })
        {
            Assert.True(evaluator.Request(late));
            var proof = await run.Next();
            Assert.Equal(late, proof.NumberOfIterations);
            Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, 256));
        }

        Assert.False(evaluator.Request(3));
        Assert.Equal(3000UL, first.NumberOfIterations);
        Assert.Equal(0, evaluator.Progress.PendingProofs);
        Assert.True(evaluator.Progress.IterationsPerSecond > 0);
    }

    [Fact]
    public async Task A_head_start_ends_at_its_bound_and_gives_the_proofs_of_a_run_without()
    {
        ulong[] counts = [3, 149, 1234, 2000, 2001, 2500];
        var expected = await ProofsOf(new VdfEvaluator(Challenge(10), 256), counts);
        var evaluator = new VdfEvaluator(Challenge(10), 256);
        evaluator.SquareAhead(2000);
        await using var run = new BackgroundRun(evaluator);
        run.WaitFor(2000);
        foreach (var count in counts)
            evaluator.Request(count);
        var proofs = new List<ProofOfTime>();
        while (proofs.Count < counts.Length)
            proofs.Add(await run.Next());
        Assert.Equal(expected.OrderBy(p => p.NumberOfIterations), proofs.OrderBy(p => p.NumberOfIterations));
        Assert.InRange(evaluator.Progress.Iterations, 2490UL, 2500UL);
    }

    [Fact]
    public async Task A_head_start_may_begin_end_and_go_on_at_any_time()
    {
        var evaluator = new VdfEvaluator(Challenge(11), 256, new VdfEvaluatorOptions { MaximumCheckpoints = 17 });
        await using var run = new BackgroundRun(evaluator);
        evaluator.SquareAhead(1000);
        run.WaitFor(1000);

        // Not further without a request, whatever was wanted before.
        evaluator.SquareAhead(VdfEvaluator.MaximumIterations);
        run.WaitFor(5000);
        evaluator.SquareAhead(0);
        evaluator.Request(4321);
        Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(await run.Next(), 256));
        var ended = evaluator.Progress.Iterations;
        evaluator.Request(ended + 3000);
        var proof = await run.Next();
        Assert.Equal(ended + 3000, proof.NumberOfIterations);
        Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, 256));
        Assert.InRange(evaluator.Progress.Iterations, ended, proof.NumberOfIterations);
        Assert.Throws<ArgumentOutOfRangeException>(() => evaluator.SquareAhead(VdfEvaluator.MaximumIterations + 1));
    }

    [Fact]
    public async Task A_full_store_of_checkpoints_is_thinned_and_still_proves_everything()
    {
        ulong[] counts = [57, 500, 1999, 2000, 4444];
        var roomy = await ProofsOf(new VdfEvaluator(Challenge(3), 256), counts);
        foreach (var maximum in new[] { 3, 4, 17, 64 })
        {
            var tight = new VdfEvaluator(Challenge(3), 256, new VdfEvaluatorOptions { MaximumCheckpoints = maximum });
            Assert.Equal(
                roomy.OrderBy(p => p.NumberOfIterations),
                (await ProofsOf(tight, counts)).OrderBy(p => p.NumberOfIterations));
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_run_in_the_middle()
    {
        var evaluator = new VdfEvaluator(Challenge(4), 1024);
        var run = new BackgroundRun(evaluator);
        evaluator.Request(1000);
        evaluator.Request(VdfEvaluator.MaximumIterations);
        await run.Next();
        await run.DisposeAsync();
        var progress = evaluator.Progress;
        Assert.InRange(progress.Iterations, 990UL, VdfEvaluator.MaximumIterations / 2);
        Assert.Equal(1, progress.PendingProofs);
        Assert.Equal(progress.Iterations, evaluator.Progress.Iterations);
    }

    [Fact]
    public void A_cancelled_token_ends_the_run_at_once_and_it_cannot_be_repeated()
    {
        var evaluator = new VdfEvaluator(Challenge(5), 64);
        evaluator.Run(new CancellationToken(canceled: true));
        Assert.Equal(0UL, evaluator.Progress.Iterations);
        Assert.Throws<InvalidOperationException>(() => evaluator.Run(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_failing_handler_ends_the_run_with_its_exception()
    {
        var evaluator = new VdfEvaluator(Challenge(6), 64);
        evaluator.ProofReady += _ => throw new FormatException();
        evaluator.Request(50);
        Assert.Throws<FormatException>(() => evaluator.Run(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_miscalculation_never_leaves_as_a_proof(bool raisesByItself)
    {
        var evaluator = new VdfEvaluator(Challenge(9), 64)
        {
            EngineFactory = d => new FaultyEngine(VdfEngine.Create(d, LimbBackend.Managed), raisesByItself),
        };
        evaluator.ProofReady += proof => Assert.Fail($"a wrong proof of {proof.NumberOfIterations} iterations got out");
        evaluator.Request(1000);
        Assert.Throws<ArithmeticException>(() => evaluator.Run(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Impossible_requests_and_options_are_refused()
    {
        var nested = new VdfEvaluator(Challenge(7), 64);
        Assert.Throws<ArgumentOutOfRangeException>(() => nested.Request(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => nested.Request(VdfEvaluator.MaximumIterations + 1));
        Assert.True(nested.Request(3));
        Assert.True(new VdfEvaluator(Challenge(7), 64, new VdfEvaluatorOptions { WitnessType = 0 }).Request(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VdfEvaluator(Challenge(7), 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(new VdfEvaluatorOptions { WitnessType = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(new VdfEvaluatorOptions { ProverThreads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(new VdfEvaluatorOptions { MaximumCheckpoints = 2 }));

        static VdfEvaluator New(VdfEvaluatorOptions options) => new(Challenge(7), 64, options);
    }

    [Fact]
    public async Task Tiny_counts_are_proved_with_a_plain_witness()
    {
        var options = new VdfEvaluatorOptions { WitnessType = 0 };
        var proofs = await ProofsOf(new VdfEvaluator(Challenge(8), 256, options), 0, 1, 2, 9, 10, 11);
        Assert.Equal(6, proofs.Count);
        Assert.All(proofs, p => Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(p, 256)));
    }

    private static Bytes32 Challenge(int seed)
    {
        var bytes = new byte[Bytes32.Size];
        bytes[0] = (byte)seed;
        bytes[31] = (byte)(seed >> 8);
        return new Bytes32(bytes);
    }

    private static async Task<List<ProofOfTime>> ProofsOf(VdfEvaluator evaluator, params ulong[] counts)
    {
        await using var run = new BackgroundRun(evaluator);
        foreach (var count in counts)
            Assert.True(evaluator.Request(count));
        var proofs = new List<ProofOfTime>();
        while (proofs.Count < counts.Length)
            proofs.Add(await run.Next());
        return proofs;
    }

    /// <summary>Squares once too often after 500 squarings, or notices an inexact division there.</summary>
    private sealed class FaultyEngine(VdfEngine engine, bool raises) : VdfEngine
    {
        private int _done;

        public override void Advance(int squarings)
        {
            engine.Advance(squarings);
            _done += squarings;
            if (_done != 500)
                return;
            if (raises)
                throw new ArithmeticException();
            engine.Advance(1);
        }

        public override void Save(CheckpointStore store) => engine.Save(store);

        public override Func<CheckpointStore, ulong, ulong, CancellationToken, WesolowskiSegment> NewProver() => engine.NewProver();
    }

    /// <summary>Runs an evaluation on a thread of its own until disposed, and hands out its proofs in order of arrival.</summary>
    private sealed class BackgroundRun : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop =
            CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        private readonly ConcurrentQueue<ProofOfTime> _proofs = new();
        private readonly SemaphoreSlim _arrived = new(0);
        private readonly VdfEvaluator _evaluator;
        private readonly Task _task;

        public BackgroundRun(VdfEvaluator evaluator)
        {
            _evaluator = evaluator;
            evaluator.ProofReady += proof =>
            {
                _proofs.Enqueue(proof);
                _arrived.Release();
            };
            _task = Task.Factory.StartNew(
                () => evaluator.Run(_stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public async Task<ProofOfTime> Next()
        {
            // A run that failed would never deliver.
            var arrival = _arrived.WaitAsync(TestContext.Current.CancellationToken);
            if (await Task.WhenAny(arrival, _task) == _task)
            {
                await _task;
                Assert.Fail("the run ended before its proof came");
            }

            await arrival;
            Assert.True(_proofs.TryDequeue(out var proof));
            return proof!;
        }

        /// <summary>Until so much is squared, or the run has failed.</summary>
        public void WaitFor(ulong iterations)
        {
            SpinWait.SpinUntil(() =>
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                return _task.IsCompleted || _evaluator.Progress.Iterations >= iterations;
            });
            Assert.False(_task.IsCompleted);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task;
            _stop.Dispose();
            _arrived.Dispose();
        }
    }
}
