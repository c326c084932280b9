using Chia.Protocol.Addresses;

namespace Chia.Gateway.Tests.Support;

/// <summary>A loop of a gateway, the peers that it dials, and the time that passes between its steps. What still runs at the end is
/// stopped, and must stop.</summary>
public abstract class LoopTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>A peer that is dialled.</summary>
    private protected static PeerAddress Target { get; } = PeerAddress.Of("203.0.113.9", 8444);

    private protected LinkHarness Harness { get; } = new();

    private protected FakeDialler Dialler { get; } = new();

    /// <summary>The loop, once it runs.</summary>
    private protected Task Running { get; set; } = Task.CompletedTask;

    /// <summary>Ends the loop.</summary>
    private protected CancellationToken Stopping => _stopping.Token;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Running.InTime();
        await Harness.DisposeAsync();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The loop has taken its step and waits; its pause passes.</summary>
    private protected async Task Tick(TimeSpan pause)
    {
        await Harness.Time.WhenPending(pause).InTime();
        Harness.Time.Advance(pause);
    }
}
