using Orleans;

namespace Chia.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class NameState
{
    [Id(0)]
    public string Name { get; set; } = string.Empty;
}
