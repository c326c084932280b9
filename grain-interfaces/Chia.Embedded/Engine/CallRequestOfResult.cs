namespace Chia.Embedded.Engine;

/// <summary>A call whose result is a <typeparamref name="T"/>.</summary>
internal sealed class CallRequest<T>(GrainMethod method, object?[] arguments) : CallRequest(method, arguments)
{
    // The caller's continuations run on the caller's scheduler, never inside the callee's turn.
    private readonly TaskCompletionSource<T> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Response => _response.Task;

    protected override bool HasAnswer => _response.Task.IsCompleted;

    internal override void Complete(Task work)
    {
        if (work.IsCompletedSuccessfully)
            _response.TrySetResult(work is Task<T> typed ? typed.Result : default!);
        else if (work.IsCanceled)
            _response.TrySetCanceled();
        else
            _response.TrySetException(work.Exception!.InnerExceptions);
        if (Method.OneWay)
            _ = _response.Task.Exception; // observed: nobody will
        EndWait();
    }

    protected override bool TryFail(Exception error)
    {
        var failed = _response.TrySetException(error);
        if (Method.OneWay)
            _ = _response.Task.Exception;
        return failed;
    }

    protected override bool TryCancel(CancellationToken token) => _response.TrySetCanceled(token);
}
