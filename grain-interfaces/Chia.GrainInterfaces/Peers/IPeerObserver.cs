namespace Chia.GrainInterfaces.Peers;

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
}
