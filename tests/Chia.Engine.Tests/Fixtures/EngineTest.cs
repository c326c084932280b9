using Orleans;

namespace Chia.Engine.Tests.Fixtures;

/// <summary>Base of the conformance tests: an engine, and a name that no other test uses.</summary>
public abstract class EngineTest(EngineFixture engine) : IClassFixture<EngineFixture>
{
    protected EngineFixture Engine => engine;

    protected IClusterClient Client => engine.Client;

    /// <summary>A grain key and journal name of this test.</summary>
    protected string Name { get; } = Guid.NewGuid().ToString("N");

    protected Journal Journal => Journal.Of(Name);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
