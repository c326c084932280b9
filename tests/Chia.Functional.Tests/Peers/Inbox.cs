using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Peers;

/// <summary>What a peer has received, and who waits for more.</summary>
internal sealed class Inbox
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedMessage> _all = [];
    private readonly HashSet<ReceivedMessage> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<int> Closed => _closed.Task;

    public IReadOnlyList<ReceivedMessage> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public void Add(ReceivedMessage message)
    {
        lock (_lock)
        {
            _all.Add(message);
            Wake();
        }
    }

    public void Fail(Exception error) => _closed.TrySetException(error);

    public void Close()
    {
        lock (_lock)
        {
            _closed.TrySetResult(_all.Count);
            Wake();
        }
    }

    public async Task<T> Take<T>(Func<T, bool> match)
        where T : Message
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_all.FirstOrDefault(m => m.Message is T message && !_taken.Contains(m) && match(message)) is { } found)
                {
                    _taken.Add(found);
                    return (T)found.Message;
                }

                if (_closed.Task.IsCompleted)
                    throw new EndOfStreamException($"the connection ended before {typeof(T).Name} came; received: {string.Join(", ", _all.Select(m => m.Message.Function))}");
                changed = _changed.Task;
            }

            await changed;
        }
    }

    /// <summary>Completes when so many messages of this kind have come.</summary>
    public async Task Receives<T>(int count)
        where T : Message
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                var came = _all.Count(m => m.Message is T);
                if (came >= count)
                    return;
                if (_closed.Task.IsCompleted)
                    throw new EndOfStreamException($"the connection ended when {came} of {count} {typeof(T).Name} had come");
                changed = _changed.Task;
            }

            await changed;
        }
    }

    private void Wake()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A message as it came.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Payload">Its bytes, without the length.</param>
internal sealed record ReceivedMessage(Message Message, byte[] Payload);
