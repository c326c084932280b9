using System.IO.Pipelines;
using System.Threading.Channels;
using Chia.Gateway.Configuration;

namespace Chia.Gateway.Connections.Queues;

/// <summary>Frames waiting to be written to one peer, in order and bounded: a peer that does not read overflows its own queue and nobody
/// else's.</summary>
internal sealed class OutboundQueue
{
    /// <summary>
    /// Bytes written at one time: even a slow peer takes so much within <see cref="GatewayLimits.WriteTimeout"/>, whatever a frame's
    /// length.
    /// </summary>
    private const int SliceBytes = 64 << 10;

    private readonly Channel<byte[]> _frames;
    private readonly GatewayLimits _limits;
    private readonly OutboundBudget _budget;
    private readonly TimeProvider _time;
    private long _queuedBytes;
    private long _oversizedBytes;
    private long _bytesWritten;
    private int _inFlight;
    private long _lastProgress;
    private volatile bool _abandoned;
    private volatile TaskCompletionSource? _taken;

    /// <param name="limits">Bounds of this queue.</param>
    /// <param name="budget">The memory that it shares with all others.</param>
    /// <param name="time">For deadlines.</param>
    /// <param name="onAbandoned">Called, from any thread, when the budget ran out and this queue was chosen.</param>
    public OutboundQueue(GatewayLimits limits, OutboundBudget budget, TimeProvider time, Action onAbandoned)
    {
        (_limits, _budget, _time, OnAbandoned) = (limits, budget, time, onAbandoned);
        _frames =
            Channel.CreateBounded<byte[]>(new BoundedChannelOptions(limits.OutboundQueue) { FullMode = BoundedChannelFullMode.Wait });
        _lastProgress = time.GetTimestamp();
        budget.Join(this);
    }

    /// <summary>Called when the common budget ran out and this queue was given up for it.</summary>
    public Action OnAbandoned { get; }

    /// <summary>Bytes written so far, length prefixes included.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Bytes that wait.</summary>
    public long BytesQueued => Interlocked.Read(ref _queuedBytes) + Interlocked.Read(ref _oversizedBytes);

    /// <summary>
    /// How much it weighs on the common budget: the bytes that wait, times the seconds since the peer took any of them.
    /// </summary>
    public double Burden => BytesQueued * (_time.GetElapsedTime(Interlocked.Read(ref _lastProgress)).TotalSeconds + 0.001);

    /// <summary>Queues a frame; false if the queue is full or closed.</summary>
    public bool TryEnqueue(byte[] frame)
    {
        if (BytesQueued == 0)
            NoteProgress();
        var hasRoom = frame.Length > _limits.OutboundQueueBytes
            ? Interlocked.Add(ref _oversizedBytes, frame.Length) == frame.Length
            : Interlocked.Add(ref _queuedBytes, frame.Length) <= _limits.OutboundQueueBytes;
        if (!hasRoom || _abandoned || !_frames.Writer.TryWrite(frame))
        {
            Uncount(frame.Length);
            return false;
        }

        _budget.Take(frame.Length);
        return true;
    }

    /// <summary>
    /// Waits while more than <see cref="GatewayLimits.AnswerBacklog"/> waits to be read by the peer, and no longer than
    /// <see cref="GatewayLimits.BacklogPatience"/>: two nodes that ask each other for much must not wait for each other for ever.
    /// </summary>
    /// <exception cref="OperationCanceledException">The connection ends.</exception>
    public async ValueTask WaitUntilRead(CancellationToken cancellation)
    {
        if (BytesQueued <= _limits.AnswerBacklog)
            return;
        var began = _time.GetTimestamp();
        while (_limits.BacklogPatience - _time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            // Who waits is known before the look, so that what is given back after the look is not missed.
            var taken = _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (BytesQueued <= _limits.AnswerBacklog)
                return;
            await taken.Task.WaitAsync(left, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>No more frames; what is queued is still written.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Nothing more is written; everything that waits is dropped.</summary>
    public void Dispose()
    {
        _abandoned = true;
        Complete();
        while (_frames.Reader.TryRead(out var frame))
            GiveBack(frame.Length);

        // The frame that is being written ends with the socket, which ends now.
        GiveBack(Interlocked.Exchange(ref _inFlight, 0));
        _budget.Leave(this);
    }

    /// <summary>Writes until the queue is complete and empty.</summary>
    /// <exception cref="TimeoutException">The peer took nothing for <see cref="GatewayLimits.WriteTimeout"/>.</exception>
    public async Task WriteAll(PipeWriter output, CancellationToken cancellation)
    {
        while (await _frames.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (_frames.Reader.TryRead(out var frame))
            {
                Interlocked.Exchange(ref _inFlight, frame.Length);
                try
                {
                    if (!await Write(frame, output, cancellation).ConfigureAwait(false))
                        return;
                }
                finally
                {
                    GiveBack(Interlocked.Exchange(ref _inFlight, 0));
                }

                Interlocked.Add(ref _bytesWritten, frame.Length);
            }
        }
    }

    /// <summary>False if the peer is gone.</summary>
    private async ValueTask<bool> Write(byte[] frame, PipeWriter output, CancellationToken cancellation)
    {
        for (var at = 0; at < frame.Length && !_abandoned; at += SliceBytes)
        {
            var slice = frame.AsMemory(at, Math.Min(SliceBytes, frame.Length - at));
            var writing = output.WriteAsync(slice, cancellation);
            var flushed = writing.IsCompletedSuccessfully
                ? writing.Result
                : await writing.AsTask().WaitAsync(_limits.WriteTimeout, _time, cancellation).ConfigureAwait(false);
            NoteProgress();
            if (flushed.IsCompleted)
                return false;
        }

        return true;
    }

    private void NoteProgress() => Interlocked.Exchange(ref _lastProgress, _time.GetTimestamp());

    private void GiveBack(int length)
    {
        Uncount(length);
        _budget.Give(length);
        _taken?.TrySetResult();
    }

    private void Uncount(int length)
    {
        if (length > _limits.OutboundQueueBytes)
            Interlocked.Add(ref _oversizedBytes, -length);
        else
            Interlocked.Add(ref _queuedBytes, -length);
    }
}
