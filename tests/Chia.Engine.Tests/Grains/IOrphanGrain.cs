using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>An interface that no class implements.</summary>
public interface IOrphanGrain : IGrainWithStringKey;
