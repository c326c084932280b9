using System.IO.Pipelines;
using System.Threading.Channels;

namespace Chia.Gateway.Connections;

/// <summary>Frames waiting to be written to one peer, in order and bounded: a peer that does not read overflows its own queue and nobody else's.</summary>
internal sealed class OutboundQueue
{
    private readonly Channel<byte[]> _frames;
    private readonly GatewayLimits _limits;
    private readonly TimeProvider _time;
    private long _queuedBytes;
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
        if (Interlocked.Add(ref _queuedBytes, frame.Length) <= _limits.OutboundQueueBytes && _frames.Writer.TryWrite(frame))
            return true;
        Interlocked.Add(ref _queuedBytes, -frame.Length);
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
                var flushed = await output.WriteAsync(frame, cancellation).AsTask()
                    .WaitAsync(_limits.WriteTimeout, _time, cancellation).ConfigureAwait(false);
                Interlocked.Add(ref _queuedBytes, -frame.Length);
                Interlocked.Add(ref _bytesWritten, frame.Length);
                if (flushed.IsCompleted)
                    return;
            }
        }
    }
}
