using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Runtime;

namespace Chia.Engine.Tests.Grains;

public sealed class TimerGrain : Grain, ITimerGrain
{
    private TaskScheduler? _own;
    private IGrainTimer? _timer;

    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _own = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Add("deactivated");
        return Task.CompletedTask;
    }

    public Task Start(TimeSpan dueTime, TimeSpan period, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Journal.Add(TaskScheduler.Current == _own ? "tick on grain" : "tick elsewhere");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(dueTime, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartHolding(TimeSpan dueTime, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(HoldAsync, "tick", dueTime, period);
        return Task.CompletedTask;
    }

    public Task StartThrowing(TimeSpan dueTime, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Journal.Add("throwing");
                throw new GrainFaultException("tick");
            },
            dueTime,
            period);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Work()
    {
        Journal.Add("begin");
        await Journal.PassAsync("work");
        Journal.Add("end");
    }

    public Task Note(string note)
    {
        Journal.Add(note);
        return Task.CompletedTask;
    }

    public Task Arrived() => Task.CompletedTask;

    private async Task HoldAsync(string gate, CancellationToken cancellationToken)
    {
        Journal.Add("tick begins");
        try
        {
            await Journal.PassAsync(gate).WaitAsync(cancellationToken);
            Journal.Add("tick ends");
        }
        catch (OperationCanceledException)
        {
            Journal.Add("tick cancelled");
        }
    }
}
