using Chia.GrainInterfaces.Broadcasts;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Gateway.Tests.Support;

/// <summary>Streams whose subscriptions the test looks at, and lets fail.</summary>
internal sealed class FakeStreams
{
    /// <summary>All that were ever made, in order.</summary>
    public List<Subscription> Made { get; } = [];

    /// <summary>How many may still be made before the cluster is away.</summary>
    public int Left { get; set; } = int.MaxValue;

    /// <summary>Where a client finds them.</summary>
    public IServiceProvider Services() => new ServiceCollection()
        .AddKeyedSingleton(
            BroadcastStreams.Provider,
            Fake.Of<IStreamProvider>(_ => Fake.Of<IAsyncStream<BroadcastItem>>(_ => Subscribe())))
        .BuildServiceProvider();

    private Task<StreamSubscriptionHandle<BroadcastItem>> Subscribe()
    {
        if (Left-- <= 0)
            throw new TimeoutException("no answer");
        Made.Add(new Subscription());
        return Task.FromResult<StreamSubscriptionHandle<BroadcastItem>>(Made[^1]);
    }

    /// <summary>One gateway's subscription to one stream.</summary>
    internal sealed class Subscription : StreamSubscriptionHandle<BroadcastItem>
    {
        public bool IsOver { get; private set; }

        /// <summary>It cannot be taken back.</summary>
        public bool IsLost { get; set; }

        public override StreamId StreamId => default;

        public override string ProviderName => BroadcastStreams.Provider;

        public override Guid HandleId { get; } = Guid.NewGuid();

        public override Task UnsubscribeAsync()
        {
            if (IsLost)
                throw new InvalidOperationException("there is no such subscription");
            IsOver = true;
            return Task.CompletedTask;
        }

        public override Task<StreamSubscriptionHandle<BroadcastItem>> ResumeAsync(
            IAsyncObserver<BroadcastItem> observer, StreamSequenceToken? token = null) => throw new NotSupportedException();

        public override Task<StreamSubscriptionHandle<BroadcastItem>> ResumeAsync(
            IAsyncBatchObserver<BroadcastItem> observer, StreamSequenceToken? token = null) => throw new NotSupportedException();

        public override bool Equals(StreamSubscriptionHandle<BroadcastItem>? other) => ReferenceEquals(this, other);
    }
}
