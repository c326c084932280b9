using System.Threading.Channels;
using Chia.Cryptography.ClassGroups.Evaluation;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Timelord;

/// <summary>Evaluations on threads of their own; what they tell comes through a channel that is read in the grain's turns.</summary>
/// <param name="discriminantBits">Size of the discriminants.</param>
/// <param name="options">How they evaluate.</param>
/// <param name="log">The log.</param>
internal sealed class Evaluations(int discriminantBits, VdfEvaluatorOptions options, ILogger log) : IEvaluations
{
    private readonly Dictionary<long, EvaluationThread> _threads = [];
    private readonly Channel<EvaluationNote> _notes =
        Channel.CreateUnbounded<EvaluationNote>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public IEnumerable<EvaluationProgress> Progress => _threads.Values.Select(thread => thread.Progress);

    /// <summary>What they tell, in order; ends when <see cref="Stop"/> begins.</summary>
    public IAsyncEnumerable<EvaluationNote> Notes => _notes.Reader.ReadAllAsync();

    /// <inheritdoc/>
    public void CarryOut(IReadOnlyList<EvaluationOrder> orders)
    {
        foreach (var order in orders)
            CarryOut(order);
    }

    /// <summary>An evaluation has told its end.</summary>
    public void Remove(EvaluationThread thread)
    {
        _threads.Remove(thread.Id);
        thread.Dispose();
    }

    /// <summary>Ends all of them; their threads have ended when it completes.</summary>
    public async Task Stop(CancellationToken cancellation)
    {
        _notes.Writer.TryComplete();
        var threads = _threads.Values.ToList();
        foreach (var thread in threads)
            thread.Stop();
        await Task.WhenAll(threads.Select(thread => thread.Completion)).WaitAsync(cancellation);
        foreach (var thread in threads)
            thread.Dispose();
    }

    private void CarryOut(EvaluationOrder order)
    {
        switch (order)
        {
            case EvaluationOrder.Start start:
                TimelordLog.Started(log, start.Challenge);
                var evaluator = new VdfEvaluator(start.Challenge, discriminantBits, options);
                var thread = new EvaluationThread(start.Evaluation, start.Challenge, evaluator, _notes.Writer);
                _threads.Add(start.Evaluation, thread);
                thread.Start();
                break;
            case EvaluationOrder.Prove prove:
                _threads[prove.Evaluation].Prove(prove.Iterations);
                break;
            case EvaluationOrder.SquareAhead ahead:
                _threads[ahead.Evaluation].SquareAhead(ahead.Iterations);
                break;
            case EvaluationOrder.Stop stop:
                _threads[stop.Evaluation].Stop();
                break;
            case EvaluationOrder.GiveUp given:
                TimelordLog.GivenUp(log, given.Challenge);
                break;
        }
    }
}
