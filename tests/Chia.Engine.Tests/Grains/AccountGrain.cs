using Chia.Engine.Tests.Fixtures;
using Orleans;
using Orleans.Runtime;

namespace Chia.Engine.Tests.Grains;

public sealed class AccountGrain(
    [PersistentState("amount")] IPersistentState<AccountState> amount,
    [PersistentState("name", "other")] IPersistentState<NameState> name) : Grain, IAccountGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Of(this.GetPrimaryKeyString()).Add($"activated with {amount.State.Amount}");
        return Task.CompletedTask;
    }

    public async Task Add(int added, bool write)
    {
        amount.State.Amount += added;
        if (write)
            await amount.WriteStateAsync();
    }

    public async Task AddManyAtOnce(int times)
    {
        var writes = new List<Task>();
        for (var i = 0; i < times; i++)
        {
            amount.State.Amount++;
            writes.Add(amount.WriteStateAsync());
        }
        await Task.WhenAll(writes);
    }

    public Task Rename(string newName)
    {
        name.State = new NameState { Name = newName };
        return name.WriteStateAsync();
    }

    public Task Reread() => amount.ReadStateAsync();

    public Task Clear() => amount.ClearStateAsync();

    public Task<AccountLook> Look() =>
        Task.FromResult(new AccountLook(amount.State.Amount, name.State.Name, amount.RecordExists, amount.Etag is not null));

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
