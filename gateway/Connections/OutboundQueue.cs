using System.IO.Pipelines;
using System.Threading.Channels;

namespace Chia.Gateway.Connections;

/// <summary>Frames waiting to be written to one peer, in order and bounded: a peer that does not read overflows its own queue and nobody else's.</summary>
internal sealed class OutboundQueue
{
    /// <summary>Written at one time: even a slow peer takes so much within <see cref="GatewayLimits.WriteTimeout"/>, whatever a frame's length.</summary>
    private const int SliceBytes = 64 << 10;

    private readonly Channel<byte[]> _frames;
    private readonly GatewayLimits _limits;
    private readonly TimeProvider _time;
    private long _queuedBytes;
    private int _oversized;
    private long _bytesWritten;

    public OutboundQueue(GatewayLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(limits.OutboundQueue)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
    }

    /// <summary>Bytes written so far, length prefixes included.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Queues a frame; false if the queue is full or closed.</summary>
    public bool TryEnqueue(byte[] frame)
    {
        var hasRoom = frame.Length > _limits.OutboundQueueBytes
            ? Interlocked.Increment(ref _oversized) == 1
            : Interlocked.Add(ref _queuedBytes, frame.Length) <= _limits.OutboundQueueBytes;
        if (hasRoom && _frames.Writer.TryWrite(frame))
            return true;
        GiveBack(frame);
        return false;
    }

    /// <summary>No more frames; what is queued is still written.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Writes until the queue is complete and empty.</summary>
    /// <exception cref="TimeoutException">The peer took nothing for <see cref="GatewayLimits.WriteTimeout"/>.</exception>
    public async Task WriteAll(PipeWriter output, CancellationToken cancellation)
    {
        while (await _frames.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (_frames.Reader.TryRead(out var frame))
            {
                for (var at = 0; at < frame.Length; at += SliceBytes)
                {
                    var slice = frame.AsMemory(at, Math.Min(SliceBytes, frame.Length - at));
                    var flushed = await output.WriteAsync(slice, cancellation).AsTask()
                        .WaitAsync(_limits.WriteTimeout, _time, cancellation).ConfigureAwait(false);
                    if (flushed.IsCompleted)
                        return;
                }

                GiveBack(frame);
                Interlocked.Add(ref _bytesWritten, frame.Length);
            }
        }
    }

    private void GiveBack(byte[] frame)
    {
        if (frame.Length > _limits.OutboundQueueBytes)
            Interlocked.Decrement(ref _oversized);
        else
            Interlocked.Add(ref _queuedBytes, -frame.Length);
    }
}
