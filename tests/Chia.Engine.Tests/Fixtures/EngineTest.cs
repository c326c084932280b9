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

    /// <summary>Lets time pass until something has happened so many times.</summary>
    protected Task PassUntilSeenAsync(string entry, int times = 1) =>
        PassUntilAsync(() => Journal.Entries.Count(e => e == entry) >= times, $"'{entry}' {times} times");

    /// <summary>Lets time pass until a task has ended, and observes it.</summary>
    protected async Task PassUntilEndedAsync(Task task)
    {
        await PassUntilAsync(() => task.IsCompleted, "the task's end");
        await task;
    }

    private async Task PassUntilAsync(Func<bool> happened, string what)
    {
        for (var step = 0; !happened(); step++)
        {
            if (step == EngineFixture.MostSteps)
                Assert.Fail($"Waited for {what}; what happened: {string.Join(", ", Journal.Entries)}");
            await engine.PassAsync(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken); // what fell due runs on other threads
        }
    }
}
