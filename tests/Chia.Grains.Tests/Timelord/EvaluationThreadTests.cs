using System.Threading.Channels;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Grains.Timelord;

namespace Chia.Grains.Tests.Timelord;

/// <summary>Real evaluations on threads of their own.</summary>
public class EvaluationThreadTests
{
    private readonly Channel<EvaluationNote> _notes = Channel.CreateUnbounded<EvaluationNote>();

    [Theory]
    [InlineData(256, 0)]
    [InlineData(256, 1)]
    [InlineData(256, 3)]
    [InlineData(1024, 2)]
    public async Task Proofs_are_told_and_verify(int bits, int witnessType)
    {
        var evaluation = Start(bits, witnessType, _notes.Writer);
        evaluation.Prove(600);
        evaluation.Prove(500);
        var proofs = new[] { await Next<EvaluationNote.Proved>(), await Next<EvaluationNote.Proved>() };
        Assert.Equal([500UL, 600UL], proofs.Select(p => p.Proof.NumberOfIterations).Order());
        Assert.All(proofs, p =>
        {
            Assert.Equal((evaluation, evaluation.Challenge, witnessType), (p.Evaluation, p.Proof.ChallengeHash, p.Proof.WitnessType));
            Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(p.Proof, bits));
        });

        // Behind where it is.
        evaluation.Prove(123);
        Assert.Equal(123UL, (await Next<EvaluationNote.Proved>()).Proof.NumberOfIterations);
        await End(evaluation);
    }

    [Fact]
    public async Task It_ends_in_the_middle()
    {
        var evaluation = Start(1024, 2, _notes.Writer);
        evaluation.Prove(100);
        evaluation.Prove(VdfEvaluator.MaximumIterations);
        await Next<EvaluationNote.Proved>();
        await End(evaluation);
        Assert.InRange(evaluation.Progress.Iterations, 90UL, VdfEvaluator.MaximumIterations / 2);
    }

    [Fact]
    public async Task It_ends_without_any_work()
    {
        var evaluation = Start(1024, 2, _notes.Writer);
        await End(evaluation);
        Assert.Equal(0UL, evaluation.Progress.Iterations);
    }

    [Fact]
    public async Task A_failure_is_told_and_ends_nothing_else()
    {
        var evaluation = Start(256, 2, new Faulty(_notes.Writer));
        evaluation.Prove(500);
        var ended = await Next<EvaluationNote.Ended>();
        Assert.IsType<ArithmeticException>(ended.Failure);
        await evaluation.Completion;
        evaluation.Stop();
        evaluation.Dispose();
    }

    private static EvaluationThread Start(int bits, int witnessType, ChannelWriter<EvaluationNote> notes)
    {
        var options = new TimelordOptions { WitnessType = witnessType }.ForEvaluator(TimeProvider.System);
        var challenge = ScriptedTimelord.Challenge(bits + witnessType);
        var evaluation = new EvaluationThread(1, challenge, new VdfEvaluator(challenge, bits, options), notes);
        evaluation.Start();
        return evaluation;
    }

    private async Task<T> Next<T>()
        where T : EvaluationNote =>
        Assert.IsType<T>(await _notes.Reader.ReadAsync(TestContext.Current.CancellationToken));

    private async Task End(EvaluationThread evaluation)
    {
        evaluation.Stop();
        Assert.Null((await Next<EvaluationNote.Ended>()).Failure);
        await evaluation.Completion;
        evaluation.Dispose();
    }

    /// <summary>Fails as an evaluation does whose proof does not verify.</summary>
    private sealed class Faulty(ChannelWriter<EvaluationNote> inner) : ChannelWriter<EvaluationNote>
    {
        public override bool TryWrite(EvaluationNote item) =>
            item is EvaluationNote.Proved ? throw new ArithmeticException("a proof does not verify") : inner.TryWrite(item);

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) =>
            inner.WaitToWriteAsync(cancellationToken);
    }
}
