using System.Collections.Concurrent;

namespace Chia.Engine.Tests.Fixtures;

/// <summary>
/// What happened, in order, under a name of the test's own. Grains of both engines live in the test's process, so that a
/// static table reaches them.
/// </summary>
public sealed class Journal
{
    // A hang is reported as a failure instead of stopping the run; no test waits this long when it passes.
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, Journal> Journals = new();

    private readonly List<string> _entries = [];
    private readonly Dictionary<string, TaskCompletionSource> _gates = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What has happened so far.</summary>
    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries];
        }
    }

    public static Journal Of(string name) => Journals.GetOrAdd(name, static _ => new Journal());

    public void Add(string entry)
    {
        TaskCompletionSource changed;
        lock (_entries)
        {
            _entries.Add(entry);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.TrySetResult();
    }

    /// <summary>Waits until the entry has been made so many times.</summary>
    public async Task SeenAsync(string entry, int times = 1)
    {
        while (true)
        {
            Task changed;
            lock (_entries)
            {
                if (_entries.Count(e => e == entry) >= times)
                    return;
                changed = _changed.Task;
            }
            try
            {
                await changed.WaitAsync(HangGuard);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"'{entry}' did not happen {times} times; what did: {string.Join(", ", Entries)}");
            }
        }
    }

    /// <summary>Waits until the test opens the gate.</summary>
    public Task PassAsync(string gate) => Gate(gate).Task;

    /// <summary>Lets pass who waits at the gate and who will.</summary>
    public void Open(string gate) => Gate(gate).TrySetResult();

    private TaskCompletionSource Gate(string name)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(name, out var gate))
                _gates.Add(name, gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return gate;
        }
    }
}
