using Chia.Engine.Tests.Fixtures;
using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class SchedulerGrain : Grain, ISchedulerGrain
{
    private TaskScheduler? _own;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _own = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    public async Task<SchedulerLook> Look()
    {
        var journal = Journal.Of(this.GetPrimaryKeyString());
        var atFirst = OnGrain() && _own != TaskScheduler.Default;
        await Task.Yield();
        var afterAwait = OnGrain();
        var inside = await Task.Run(OnGrain);
        var afterTaskRun = OnGrain();
        journal.Add("waiting");
#pragma warning disable ORLEANS0014 // the turn is left on purpose: where it goes on is the question
        await journal.PassAsync("go").ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return new SchedulerLook(atFirst, afterAwait, inside, afterTaskRun, OnGrain());
    }

    private bool OnGrain() => TaskScheduler.Current == _own;
}
