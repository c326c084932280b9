using Chia.Protocol.Outcomes;

namespace Chia.GrainInterfaces.Peers;

/// <summary>The answer to a connection that wants a place.</summary>
/// <param name="Outcome">Whether it gets it.</param>
/// <param name="Wait">How long the handshake is to be held back before its ack; zero except for newcomers on loopback after a ban
/// there.</param>
/// <param name="Elsewhere">What the other gateways hold; null if that does not matter.</param>
[GenerateSerializer, Immutable, Alias("chia.Registration")]
public sealed record Registration(RegistrationOutcome Outcome, TimeSpan Wait = default, PlacesElsewhere? Elsewhere = null)
{
    /// <summary>At once.</summary>
    public static Registration Accepted { get; } = new(RegistrationOutcome.Accepted);
}

/// <summary>Peers that are kept out.</summary>
/// <param name="Subscriber">Whoever is behind their address (<see cref="Chia.Protocol.Addresses.PeerHost.Subscriber"/>):
/// <c>203.0.113.5/32</c>, <c>2001:db8:0:1::/64</c>.</param>
/// <param name="Left">For how much longer.</param>
[GenerateSerializer, Immutable, Alias("chia.BannedSource")]
public sealed record BannedSource(string Subscriber, TimeSpan Left);
