using System.Threading.Channels;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Tests.Support;

/// <summary>The cluster's end of a connection, played by the test.</summary>
internal sealed class FakePeerGrain : IPeerGrain
{
    private readonly Channel<Message> _received = Channel.CreateUnbounded<Message>();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DisconnectReason> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Blame> _blamed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IPeerObserver? Observer { get; private set; }

    /// <summary>The reference by which it calls the gateway is no longer known there.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>Its calls would still have been taken while it was told that the connection is gone.</summary>
    public bool WasReachableToTheEnd { get; private set; }

    /// <summary>What is said first.</summary>
    public Func<Task<ConnectionVerdict>> OnConnected { get; set; } = () => Task.FromResult(ConnectionVerdict.Continue);

    /// <summary>What a message leads to.</summary>
    public Func<Message, Task<ConnectionVerdict>> OnReceive { get; set; } = _ => Task.FromResult(ConnectionVerdict.Continue);

    /// <summary>What it was told of the connection last.</summary>
    public PeerConnection? Told { get; private set; }

    /// <summary>How often it was told again of a connection that stands.</summary>
    public int Announced { get; private set; }

    /// <summary>The connection is established.</summary>
    public Task WasConnected => _connected.Task;

    /// <summary>The reason that was told.</summary>
    public Task<DisconnectReason> WasDisconnected => _disconnected.Task;

    /// <summary>The first fault that was told.</summary>
    public Task<Blame> Blamed => _blamed.Task;

    /// <summary>The next message handed over.</summary>
    public Task<Message> Next() => _received.Reader.ReadAsync().AsTask().InTime();

    public Task<ConnectionVerdict> Connected(PeerConnection connection, IPeerObserver observer, bool isAgain)
    {
        (Told, Observer) = (connection, observer);
        Announced += isAgain ? 1 : 0;
        _connected.TrySetResult();
        return OnConnected();
    }

    public async Task<ConnectionVerdict> Receive(PeerMessage message, CancellationToken cancellation)
    {
        Assert.True(_received.Writer.TryWrite(message.Message));
        Open++;
        try
        {
            return await OnReceive(message.Message).WaitAsync(cancellation);
        }
        finally
        {
            Open--;
        }
    }

    /// <summary>Messages that it is handling; a silo that dies makes it none.</summary>
    public int Open { get; set; }

    public Task<int> CountOpen() => Task.FromResult(Open);

    public Task<PeerTraffic?> GetTraffic() => throw new NotSupportedException();

    public Task Disconnected(PeerConnection connection, DisconnectReason reason)
    {
        WasReachableToTheEnd = !IsForgotten;
        Assert.True(_disconnected.TrySetResult(reason), "told twice that the connection is gone");
        return Task.CompletedTask;
    }

    /// <summary>How often it was told that an answer is coming.</summary>
    public int Progress { get; private set; }

    public Task AnswerProgress()
    {
        Progress++;
        return Task.CompletedTask;
    }

    public object? Forget()
    {
        IsForgotten = true;
        return null;
    }

    public Task Penalise(Blame blame)
    {
        _blamed.TrySetResult(blame);
        return Task.CompletedTask;
    }

    public Task<bool> Send(params OutboundMessage[] messages) => throw new NotSupportedException();

    public Task Close(DisconnectReason reason) => throw new NotSupportedException();
}
