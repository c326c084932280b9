using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Tests.Effects;

/// <summary>A peer's grain that notes what it is told, and answers when the test lets it.</summary>
internal sealed class RecordingPeer : IPeerGrain
{
    /// <summary>Calls of <see cref="Send"/>: the functions of each.</summary>
    public List<string[]> Calls { get; } = [];

    public List<Blame> Blames { get; } = [];

    public List<DisconnectReason> Closed { get; } = [];

    /// <summary>Calls of <see cref="Send"/> when it was closed.</summary>
    public int SentBeforeClose { get; private set; }

    /// <summary>What the next calls wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<bool> Send(params OutboundMessage[] messages)
    {
        Calls.Add([.. messages.Select(m => m.Function)]);
        await Gate;
        return true;
    }

    public Task Penalise(Blame blame)
    {
        Blames.Add(blame);
        return Gate;
    }

    public Task Close(DisconnectReason reason)
    {
        SentBeforeClose = Calls.Count;
        Closed.Add(reason);
        return Gate;
    }

    public Task<ConnectionVerdict> Connected(PeerConnection connection, IPeerObserver observer, bool isAgain) =>
        throw new NotSupportedException();

    public Task<ConnectionVerdict> Receive(PeerMessage message, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<int> CountOpen() => throw new NotSupportedException();

    public Task<PeerTraffic?> GetTraffic() => throw new NotSupportedException();

    public Task AnswerProgress() => throw new NotSupportedException();

    public Task Disconnected(PeerConnection connection, DisconnectReason reason) => throw new NotSupportedException();
}
