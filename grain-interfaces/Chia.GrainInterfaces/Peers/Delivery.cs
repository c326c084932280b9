namespace Chia.GrainInterfaces.Peers;

/// <summary>To whom an outbound message goes (PROTOCOL.md 6). The numbers are internal, never on the wire.</summary>
public enum Delivery
{
    /// <summary>The connection that asked, if its peer has the addressed role.</summary>
    Respond,

    /// <summary>Every connection of the addressed role, the origin included.</summary>
    Broadcast,

    /// <summary>Every connection of the addressed role but the origin.</summary>
    BroadcastToOthers,

    /// <summary>One connection of the addressed role, drawn at random.</summary>
    Random,

    /// <summary>Nothing is sent; the origin connection is closed and its address kept.</summary>
    Close,
}
