using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>An observer made of functions.</summary>
internal sealed class DelegateObserver<T> : IAsyncObserver<T>
{
    internal static readonly Func<Exception, Task> IgnoreError = static _ => Task.CompletedTask;
    internal static readonly Func<Task> IgnoreCompleted = static () => Task.CompletedTask;

    private readonly Func<T, StreamSequenceToken?, Task> _onNext;
    private readonly Func<Exception, Task> _onError;
    private readonly Func<Task> _onCompleted;

    internal DelegateObserver(Func<T, StreamSequenceToken?, Task> onNext, Func<Exception, Task> onError, Func<Task> onCompleted)
    {
        ArgumentNullException.ThrowIfNull(onNext);
        ArgumentNullException.ThrowIfNull(onError);
        ArgumentNullException.ThrowIfNull(onCompleted);
        _onNext = onNext;
        _onError = onError;
        _onCompleted = onCompleted;
    }

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => _onNext(item, token);

    public Task OnCompletedAsync() => _onCompleted();

    public Task OnErrorAsync(Exception ex) => _onError(ex);
}
