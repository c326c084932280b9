using System.Diagnostics.CodeAnalysis;

namespace Chia.Embedded.Engine;

/// <summary>A call: the arguments, the caller's promise and what ends the wait early.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token outlives the call in the callee's hands; without a timer its source needs no disposal.")]
internal abstract class CallRequest : Request
{
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _callerCancels;

    protected CallRequest(GrainMethod method, object?[] arguments)
    {
        Method = method;
        Arguments = arguments;
    }

    internal override bool AlwaysInterleave => Method.AlwaysInterleave;

    internal override bool ReadOnly => Method.ReadOnly;

    internal override bool Abandoned => HasAnswer;

    /// <summary>When the caller stops waiting, as a timestamp of the engine's clock.</summary>
    internal long Deadline { get; set; }

    /// <summary>The list of <see cref="CallDeadlines"/> that this call is in, and its neighbours there.</summary>
    internal CallDeadlines.Shard? Waiting { get; set; }

    internal CallRequest? Earlier { get; set; }

    internal CallRequest? Later { get; set; }

    protected GrainMethod Method { get; }

    protected object?[] Arguments { get; }

    protected abstract bool HasAnswer { get; }

    /// <summary>Starts the caller's wait: the deadline, and its token if it passed one.</summary>
    /// <returns>False when the caller's token is cancelled already: there is nothing to send.</returns>
    internal bool Begin(EmbeddedEngine engine)
    {
        if (Method.TokenIndex >= 0)
        {
            var token = (CancellationToken)Arguments[Method.TokenIndex]!;
            if (token.IsCancellationRequested)
            {
                TryCancel(token);
                return false;
            }
            if (token.CanBeCanceled)
            {
                // The callee gets a token of its own: its registrations must not run on the caller's thread, and not after the call.
                _cancellation = new CancellationTokenSource();
                Arguments[Method.TokenIndex] = _cancellation.Token;
                _callerCancels = token.UnsafeRegister(static (call, token) => ((CallRequest)call!).CancelFromCaller(token), this);
            }
        }
        engine.Deadlines.Add(this);
        return true;
    }

    internal override Task InvokeAsync(Activation activation) => InvokeOn(activation.GrainInstance!);

    internal Task InvokeOn(object target) => Method.Invoke(target, Arguments);

    /// <summary>The deadline has passed. The callee is not told: like Orleans by default.</summary>
    internal void TimeOut(TimeSpan timeout)
    {
        TryFail(new TimeoutException($"{Method.Name} did not answer within {timeout}."));
        EndWait();
    }

    internal override void Reject(Exception error)
    {
        TryFail(error);
        EndWait();
    }

    protected abstract bool TryFail(Exception error);

    protected abstract bool TryCancel(CancellationToken token);

    protected void EndWait()
    {
        Waiting?.Remove(this);
        _callerCancels.Unregister();
    }

    private void CancelFromCaller(CancellationToken token)
    {
        if (!TryCancel(token))
            return;
        Waiting?.Remove(this);
        _ = _cancellation?.CancelAsync();
    }
}
