namespace Chia.Protocol.Outcomes;

/// <summary>May this connection live? Asked when the peer's handshake has arrived (PROTOCOL.md 4.3 step 7, hardenings 11.9 and
/// 11.13).</summary>
public enum RegistrationOutcome
{
    /// <summary>Yes; its node id is reserved.</summary>
    Accepted,

    /// <summary>A connection of the same node exists and stays.</summary>
    Duplicate,

    /// <summary>The address is kept out for now.</summary>
    Banned,

    /// <summary>Too many newcomers wait for their turn, or all places are taken by more useful peers.</summary>
    Crowded,
}
