namespace Chia.GrainInterfaces.Peers;

/// <summary>The gateway's end of one connection, called by its peer grain.</summary>
[Alias("chia.IPeerObserver")]
public interface IPeerObserver : IGrainObserver
{
    /// <summary>Queues a frame for the peer. A full queue closes the connection.</summary>
    [Alias("Deliver")]
    Task Deliver(byte[] frame);

    /// <summary>Closes the connection.</summary>
    [Alias("Close")]
    Task Close(string reason);
}
