namespace Chia.Embedded.Engine;

/// <summary>A token that is cancelled after a time of the engine's clock, or by other tokens.</summary>
internal sealed class LinkedPatience : IDisposable
{
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _linked;

    internal LinkedPatience(TimeProvider time, TimeSpan timeout, CancellationToken first, CancellationToken second)
    {
        _clock = new CancellationTokenSource(timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, first, second);
    }

    internal CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        _linked.Dispose();
        _clock.Dispose();
    }
}
