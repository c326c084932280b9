namespace Chia.GrainInterfaces.Peers;

/// <summary>Why a connection ended after its handshake; closed, so that ends can be counted (OPERATIONS.md 4).</summary>
public enum DisconnectReason
{
    /// <summary>The peer closed it.</summary>
    PeerClosed,

    /// <summary>The network or the peer's machine broke it.</summary>
    Broken,

    /// <summary>Our gateway stops.</summary>
    Stopping,

    /// <summary>The peer broke the protocol.</summary>
    Breach,

    /// <summary>The peer's faults came to too many points; it may come back.</summary>
    Penalised,

    /// <summary>The peer's faults came to too many points, and its address is kept out for a while.</summary>
    Banned,

    /// <summary>The peer began a frame and did not end it in time.</summary>
    UnfinishedFrame,

    /// <summary>The peer does not read what it is sent.</summary>
    DoesNotRead,

    /// <summary>The memory for what waits to be sent ran out, and this peer held most of it for the longest time.</summary>
    SendMemoryExhausted,

    /// <summary>All places were taken, and this connection was the least useful of the largest crowd.</summary>
    Evicted,

    /// <summary>Another connection of the same node is kept.</summary>
    Replaced,

    /// <summary>Both sides have said all they had to say.</summary>
    Finished,

    /// <summary>The cluster does not know the connection any more.</summary>
    Forgotten,

    /// <summary>The cluster was away for longer than a connection is kept without it.</summary>
    ClusterUnreachable,

    /// <summary>The gateway that held it is gone.</summary>
    GatewayLost,

    /// <summary>The operator closed it.</summary>
    ByOperator,

    /// <summary>A fault of ours.</summary>
    InternalError,

    /// <summary>The peer was dialled for one question and did not answer it.</summary>
    DoesNotAnswer,
}

/// <summary>The words for each reason.</summary>
public static class DisconnectReasons
{
    /// <summary>One clause, as after "Disconnected from X: ".</summary>
    public static string Describe(this DisconnectReason reason) => reason switch
    {
        DisconnectReason.PeerClosed => "the peer closed the connection",
        DisconnectReason.Broken => "the connection broke",
        DisconnectReason.Stopping => "the gateway stops",
        DisconnectReason.Breach => "the peer broke the protocol",
        DisconnectReason.Penalised => "the peer did too much wrong",
        DisconnectReason.Banned => "the peer did too much wrong and is kept out for a while",
        DisconnectReason.UnfinishedFrame => "the peer did not finish a frame in time",
        DisconnectReason.DoesNotRead => "the peer does not read what it is sent",
        DisconnectReason.SendMemoryExhausted => "the memory for what waits to be sent ran out, and this peer held it for the longest time",
        DisconnectReason.Evicted => "all places are taken, and others are more useful",
        DisconnectReason.Replaced => "another connection of the same node is kept",
        DisconnectReason.Finished => "there is nothing more to say",
        DisconnectReason.Forgotten => "the cluster lost track of this connection",
        DisconnectReason.ClusterUnreachable => "the cluster was away for too long",
        DisconnectReason.GatewayLost => "its gateway is gone",
        DisconnectReason.ByOperator => "the operator closed the connection",
        DisconnectReason.InternalError => "an internal error",
        DisconnectReason.DoesNotAnswer => "the peer does not answer the question that it was dialled for",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
