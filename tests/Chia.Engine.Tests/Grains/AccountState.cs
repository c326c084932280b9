using Orleans;

namespace Chia.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class AccountState
{
    [Id(0)]
    public int Amount { get; set; }
}
