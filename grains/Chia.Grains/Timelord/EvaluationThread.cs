using System.Threading.Channels;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <summary>
/// One evaluation on threads of its own: one squares, the evaluator's provers work beside it. Proofs and the end are told through a
/// channel, in order, so that no turn of a grain ever waits for them.
/// </summary>
internal sealed class EvaluationThread : IDisposable
{
    private readonly VdfEvaluator _evaluator;
    private readonly ChannelWriter<EvaluationNote> _notes;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="id">The scheduler's name for it.</param>
    /// <param name="challenge">The challenge.</param>
    /// <param name="evaluator">Its evaluator, not running.</param>
    /// <param name="notes">Receives what happens.</param>
    public EvaluationThread(long id, Bytes32 challenge, VdfEvaluator evaluator, ChannelWriter<EvaluationNote> notes)
    {
        Id = id;
        Challenge = challenge;
        _evaluator = evaluator;
        _notes = notes;
        _evaluator.ProofReady += proof => _notes.TryWrite(new EvaluationNote.Proved(this, proof));
    }

    public long Id { get; }

    public Bytes32 Challenge { get; }

    /// <summary>How far it is.</summary>
    public EvaluationProgress Progress
    {
        get
        {
            var progress = _evaluator.Progress;
            return new EvaluationProgress(Id, Challenge, progress.Iterations, progress.IterationsPerSecond);
        }
    }

    /// <summary>Completes when the threads have ended.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = $"vdf {Challenge.ToString()[..8]}" }.Start();

    /// <summary>Asks for a proof, at any time.</summary>
    public void Prove(ulong iterations) => _evaluator.Request(iterations);

    /// <summary>Has it square so far without anything to prove; 0 ends that. At any time.</summary>
    public void SquareAhead(ulong iterations) => _evaluator.SquareAhead(iterations);

    /// <summary>Ends the threads: within a few squarings, or the check of a proof.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>For an evaluation that has ended.</summary>
    public void Dispose() => _stop.Dispose();

    private void Run()
    {
        Exception? failure = null;
        try
        {
            _evaluator.Run(_stop.Token);
        }
        catch (Exception error)
        {
            // Whatever it is, it must not end the process: the challenge is evaluated anew.
            failure = error;
        }

        _notes.TryWrite(new EvaluationNote.Ended(this, failure));
        _ended.SetResult();
    }
}

/// <summary>What an evaluation's threads tell their grain.</summary>
/// <param name="Evaluation">Who tells it.</param>
internal abstract record EvaluationNote(EvaluationThread Evaluation)
{
    /// <summary>A proof is made and verified.</summary>
    internal sealed record Proved(EvaluationThread Evaluation, ProofOfTime Proof) : EvaluationNote(Evaluation);

    /// <summary>Its threads have ended.</summary>
    /// <param name="Evaluation">Who.</param>
    /// <param name="Failure">Why, if nobody wanted it.</param>
    internal sealed record Ended(EvaluationThread Evaluation, Exception? Failure) : EvaluationNote(Evaluation);
}
