namespace Chia.GrainInterfaces.Peers;

/// <summary>One connected peer; key <see cref="NodeKey.OfPeer"/>. Routes what it says to the handler of our role and carries out the
/// effects.</summary>
[Alias("chia.IPeerGrain"), Version(2)]
public interface IPeerGrain : IGrainWithStringKey
{
    /// <summary>The handshake is done. Returns what our role says first (PROTOCOL.md 4.5).</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="observer">The gateway's end, for messages that answer nothing.</param>
    /// <param name="isAgain">It was told before, to an activation that is gone, or for a role that lives elsewhere since: the link lives
    /// on (CLUSTER 5).</param>
    [Alias("Connected"), ResponseTimeout(AnswerTime.Disk)]
    Task<ConnectionVerdict> Connected(PeerConnection connection, IPeerObserver observer, bool isAgain);

    /// <summary>The peer said something. Completes when it has been handled, so that a busy cluster slows the reader.</summary>
    /// <param name="message">What it said.</param>
    /// <param name="cancellation">The connection has ended: nobody waits for the verdict.</param>
    [Alias("Receive"), ResponseTimeout(AnswerTime.Proofs)]
    Task<ConnectionVerdict> Receive(PeerMessage message, CancellationToken cancellation = default);

    /// <summary>Messages of the peer that this activation is handling: none, and what was handed over is lost, with the silo that had
    /// it.</summary>
    [Alias("CountOpen"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<int> CountOpen();

    /// <summary>A large answer of the peer arrives and is not complete yet; told every few seconds while it comes fast enough.</summary>
    [Alias("AnswerProgress"), ResponseTimeout(AnswerTime.Memory)]
    Task AnswerProgress();

    /// <summary>The connection is gone. Who tells it says which it was: an activation that lives elsewhere since does not know.</summary>
    [Alias("Disconnected"), ResponseTimeout(AnswerTime.Memory)]
    Task Disconnected(PeerConnection connection, DisconnectReason reason);

    /// <summary>Sends messages to the peer, in order, those that are for its role. False if the connection is gone or none is.</summary>
    [Alias("Send"), ResponseTimeout(AnswerTime.Memory)]
    Task<bool> Send(params OutboundMessage[] messages);

    /// <summary>Notes a fault found after the message had been handled; closes the connection when it weighs enough.</summary>
    [Alias("Penalise"), ResponseTimeout(AnswerTime.Memory)]
    Task Penalise(Blame blame);

    /// <summary>Closes the connection; the operator, the directory or a blame wants it.</summary>
    [Alias("Close"), ResponseTimeout(AnswerTime.Memory)]
    Task Close(DisconnectReason reason);

    /// <summary>What went over the connection; null if it is gone.</summary>
    [Alias("GetTraffic"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerTraffic?> GetTraffic();
}

/// <summary>What the gateway is to do with a connection after one of its messages was handled.</summary>
/// <param name="Respond">Frames to write to it, in order.</param>
/// <param name="Close">Why to close it afterwards; null to keep it.</param>
/// <param name="WasNews">What the peer said was new to us and is passed on: a peer like that keeps its place when places are
/// short.</param>
[GenerateSerializer, Immutable, Alias("chia.ConnectionVerdict")]
public sealed record ConnectionVerdict(byte[][] Respond, DisconnectReason? Close = null, bool WasNews = false)
{
    /// <summary>Go on, nothing to write.</summary>
    public static ConnectionVerdict Continue { get; } = new([]);
}

/// <summary>The gateway's end of one connection, called by its peer grain.</summary>
[Alias("chia.IPeerObserver"), Version(1)]
public interface IPeerObserver : IGrainObserver
{
    /// <summary>Queues frames for the peer, in order. A full queue closes the connection.</summary>
    [Alias("Deliver"), ResponseTimeout(AnswerTime.Memory)]
    Task Deliver(byte[][] frames);

    /// <summary>Closes the connection.</summary>
    [Alias("Close"), ResponseTimeout(AnswerTime.Memory)]
    Task Close(DisconnectReason reason);

    /// <summary>What went over the connection.</summary>
    [Alias("GetTraffic"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerTraffic> GetTraffic();
}
