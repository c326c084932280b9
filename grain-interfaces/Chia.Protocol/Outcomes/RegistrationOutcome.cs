namespace Chia.Protocol.Outcomes;

/// <summary>May this connection live? Asked when the peer's handshake has arrived (PROTOCOL.md 4.3 step 7, hardenings 11.9 and 11.13).</summary>
public enum RegistrationOutcome
{
    /// <summary>Yes; its node id is reserved.</summary>
    Accepted,

    /// <summary>A connection with the same node id exists and stays.</summary>
    Duplicate,

    /// <summary>The address is banned for now.</summary>
    Banned,
}
