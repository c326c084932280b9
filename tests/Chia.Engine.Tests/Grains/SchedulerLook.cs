using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>On whose scheduler the parts of a method ran.</summary>
[GenerateSerializer, Immutable]
public sealed record SchedulerLook(
    [property: Id(0)] bool AtFirstOnGrain,
    [property: Id(1)] bool AfterAwaitOnGrain,
    [property: Id(2)] bool InsideTaskRunOnGrain,
    [property: Id(3)] bool AfterTaskRunOnGrain,
    [property: Id(4)] bool AfterConfigureAwaitFalseOnGrain);
