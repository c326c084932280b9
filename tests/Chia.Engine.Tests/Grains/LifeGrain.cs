using Chia.Engine.Tests.Fixtures;
using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class LifeGrain : Grain, ILifeGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    private string Key => this.GetPrimaryKeyString();

    private Journal Journal => Journal.Of(Key);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Add("activating");
        await Journal.PassAsync("activate");
        if (Key.StartsWith("fails-once", StringComparison.Ordinal) && Journal.Entries.Count == 1)
            throw new GrainFaultException("first time");
        Journal.Add("activated");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Journal.Add($"deactivated {reason.ReasonCode}");
        if (Key.StartsWith("fails-at-end", StringComparison.Ordinal))
            throw new GrainFaultException("at end");
    }

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public async Task<Guid> DeactivateAfterThis()
    {
        DeactivateOnIdle();
        await Task.Yield();
        Journal.Add("still running");
        return _activation;
    }

    public async Task DeactivateAtGate()
    {
        DeactivateOnIdle();
        Journal.Add("at gate");
        await Journal.PassAsync("end");
    }

    public Task<Guid> Note(string note)
    {
        Journal.Add(note);
        return Activation();
    }

    public async Task Hold()
    {
        Journal.Add("holding");
        await Journal.PassAsync("hold");
        Journal.Add("held");
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}
