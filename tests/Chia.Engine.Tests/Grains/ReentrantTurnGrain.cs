using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrain;
