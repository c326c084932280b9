using System.Threading.Channels;

namespace Chia.Silo.Node;

/// <summary>The newest log lines, for those who look at a running node (OPERATIONS 2). Safe from any thread.</summary>
internal sealed class LogMemory(TimeProvider time) : ILoggerProvider
{
    /// <summary>Lines kept: a few hundred kilobytes.</summary>
    public const int Capacity = 1000;

    private readonly Queue<string> _lines = new(Capacity);
    private readonly List<Channel<string>> _followers = [];
    private readonly Lock _lock = new();
    private readonly LineBudget _budget = new(time);

    /// <summary>The newest lines, oldest first.</summary>
    public IReadOnlyList<string> Newest(int most)
    {
        lock (_lock)
            return [.. _lines.TakeLast(most)];
    }

    /// <summary>The newest lines, then those that come; a follower who is too slow misses the oldest.</summary>
    public async IAsyncEnumerable<string> Follow(
        int most, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var coming = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        IReadOnlyList<string> kept;
        lock (_lock)
        {
            kept = [.. _lines.TakeLast(most)];
            _followers.Add(coming);
        }

        try
        {
            foreach (var line in kept)
                yield return line;
            await foreach (var line in coming.Reader.ReadAllAsync(cancellation))
                yield return line;
        }
        finally
        {
            lock (_lock)
                _followers.Remove(coming);
        }
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, "", time, _budget, line => Add(line.Text()));

    public void Dispose()
    {
        lock (_lock)
            _followers.ForEach(follower => follower.Writer.TryComplete());
    }

    private void Add(string line)
    {
        lock (_lock)
        {
            if (_lines.Count == Capacity)
                _lines.Dequeue();
            _lines.Enqueue(line);
            foreach (var follower in _followers)
                follower.Writer.TryWrite(line);
        }
    }
}
