using System.Text.Json.Serialization;

namespace Chia.Silo.Api.Shapes;

/// <summary>A peer to be kept connected until the node ends.</summary>
/// <param name="Address">HOST:PORT.</param>
internal sealed record PeerRequest([property: JsonRequired] string Address);

/// <summary>An address to be kept out.</summary>
/// <param name="Address">IP address.</param>
/// <param name="Seconds">For how long; a day by default.</param>
internal sealed record BanRequest([property: JsonRequired] string Address, double? Seconds = null);

/// <summary>Who is kept out.</summary>
internal sealed record BanList(IReadOnlyList<BanRow> Bans);

/// <summary>An address that is kept out.</summary>
/// <param name="Source">The address, or the network that answers for it: <c>203.0.113.5/32</c>, <c>2001:db8:0:1::/64</c>.</param>
/// <param name="Role">Our role that keeps it out.</param>
/// <param name="SecondsLeft">For how much longer.</param>
internal sealed record BanRow(string Source, string Role, double SecondsLeft);
