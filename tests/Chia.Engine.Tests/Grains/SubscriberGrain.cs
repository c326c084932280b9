using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Engine.Tests.Grains;

public sealed class SubscriberGrain : Grain, ISubscriberGrain
{
    private TaskScheduler? _own;
    private bool _onGrain = true;

    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    private IAsyncStream<string> Stream =>
        this.GetStreamProvider(EngineFixture.Streams).GetStream<string>(StreamId.Create("test", this.GetPrimaryKeyString()));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _own = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    public async Task Subscribe(string subscriber) => await Stream.SubscribeAsync((item, _) => Take(subscriber, item));

    public async Task<int> Resume(string subscriber)
    {
        var handles = await Stream.GetAllSubscriptionHandles();
        foreach (var handle in handles)
            await handle.ResumeAsync((item, _) => Take(subscriber, item));
        return handles.Count;
    }

    public async Task Unsubscribe()
    {
        foreach (var handle in await Stream.GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
    }

    public Task Publish(string item) => Stream.OnNextAsync(item);

    public Task<bool> WasOnGrain() => Task.FromResult(_onGrain);

    public async Task Work()
    {
        Journal.Add("begin");
        await Journal.PassAsync("work");
        Journal.Add("end");
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Arrived() => Task.CompletedTask;

    private Task Take(string subscriber, string item)
    {
        _onGrain &= TaskScheduler.Current == _own;
        Journal.Add($"{subscriber} {item}");
        return Task.CompletedTask;
    }
}
