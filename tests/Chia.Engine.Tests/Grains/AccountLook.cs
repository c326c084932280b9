using Orleans;

namespace Chia.Engine.Tests.Grains;

[GenerateSerializer, Immutable]
public sealed record AccountLook(
    [property: Id(0)] int Amount,
    [property: Id(1)] string Name,
    [property: Id(2)] bool RecordExists,
    [property: Id(3)] bool HasEtag);
