namespace Chia.GrainInterfaces.Peers;

/// <summary>May this connection live? (PROTOCOL.md 4.3 step 7, hardenings 11.9 and 11.13.)</summary>
public enum RegistrationOutcome
{
    /// <summary>Yes; its node id is reserved.</summary>
    Accepted,

    /// <summary>A connection of the same node exists and stays.</summary>
    Duplicate,

    /// <summary>The address is kept out for now.</summary>
    Banned,

    /// <summary>Too many newcomers wait for their turn.</summary>
    Crowded,
}

/// <summary>The answer to a connection that wants a place.</summary>
/// <param name="Outcome">Whether it gets it.</param>
/// <param name="Wait">How long the handshake is to be held back before its ack; zero except for newcomers on loopback after a ban there.</param>
[GenerateSerializer, Immutable, Alias("chia.Registration")]
public sealed record Registration(RegistrationOutcome Outcome, TimeSpan Wait = default)
{
    /// <summary>At once.</summary>
    public static Registration Accepted { get; } = new(RegistrationOutcome.Accepted);
}

/// <summary>Peers that are kept out.</summary>
/// <param name="Source">Their address: one of IPv4, a /64 of IPv6 (<see cref="NetworkAddress.Source"/>).</param>
/// <param name="Left">For how much longer.</param>
[GenerateSerializer, Immutable, Alias("chia.BannedSource")]
public sealed record BannedSource(string Source, TimeSpan Left);
