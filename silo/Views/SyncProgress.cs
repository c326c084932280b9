namespace Chia.Silo.Views;

/// <summary>Progress that is told on the caller's thread: <see cref="Progress{T}"/> would tell it later, out of order.</summary>
internal sealed class SyncProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
