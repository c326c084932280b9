using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Runtime;

namespace Chia.Engine.Tests.Grains;

public sealed class FarewellGrain : Grain, IFarewellGrain
{
    public Task Begin() => Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var journal = Journal.Of(this.GetPrimaryKeyString());
        try
        {
            await GrainFactory.GetGrain<IFaultGrain>($"{this.GetPrimaryKeyString()}-other").Value(1);
            journal.Add("answered");
        }
        catch (OrleansException)
        {
            journal.Add("refused");
        }
    }
}
