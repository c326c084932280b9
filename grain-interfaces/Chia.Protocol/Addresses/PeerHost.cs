using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Chia.Protocol.Addresses;

/// <summary>
/// A host in its one canonical spelling, so that it can be a key (DECISIONS 21). Two spellings that a dial takes to the same address are
/// equal: <c>127.1</c>, <c>0x7f000001</c>, <c>0177.0.0.1</c>, <c>::ffff:127.0.0.1</c> and <c>localhost</c> are <c>127.0.0.1</c>; IPv6 is
/// compressed and in lower case; names are in lower case without a trailing dot. A name is not looked up: what it leads to is a host of
/// its own.
/// </summary>
public readonly record struct PeerHost
{
    /// <summary>Longest DNS name, characters (RFC 1035, 2.3.4, without the trailing dot).</summary>
    public const int MaxLength = 253;

    private const string Localhost = "localhost";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789abcdefx");

    private readonly string? _text;

    private PeerHost(string text, IPAddress? address)
    {
        _text = text;
        Address = address;
    }

    /// <summary>The address; null for a name (and for the default value, which is no host).</summary>
    public IPAddress? Address { get; }

    /// <summary>It has to be looked up before it can be dialled.</summary>
    public bool IsName => Address is null;

    /// <summary>From where it can be reached.</summary>
    public AddressScope Scope => Address is null ? AddressScope.Name : SpecialAddresses.ScopeOf(Address);

    /// <summary>
    /// It may be dialled on another's word: public, or a name (whose addresses are judged once they are known). Everything else only in a
    /// network whose own node listens on such an address (DECISIONS 21).
    /// </summary>
    public bool IsPublic => Scope is AddressScope.Public or AddressScope.Name;

    /// <summary>The machine itself.</summary>
    public bool IsLoopback => Scope == AddressScope.Loopback;

    /// <summary>
    /// Whoever is behind it, as far as an address tells: one IPv4 address, or the /64 of an IPv6 address, which one subscriber has whole.
    /// The key of bans and of limits per host. Names are themselves.
    /// </summary>
    public NetworkGroup Subscriber => NetworkGroup.Of(this, NetworkGroup.SubscriberIPv4Bits, NetworkGroup.SubscriberIPv6Bits);

    /// <summary>
    /// The network it is in: what one owner can get many addresses of. The key of fair shares and of eviction; loopback is a group apart.
    /// </summary>
    public NetworkGroup Group => NetworkGroup.Of(this, NetworkGroup.NetworkIPv4Bits, NetworkGroup.NetworkIPv6Bits);

    /// <summary>The host of an address, as a socket tells it.</summary>
    public static PeerHost Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        else if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 && !address.IsIPv6LinkLocal)
            address = new IPAddress(address.GetAddressBytes());
        return new PeerHost(address.ToString(), address);
    }

    /// <summary>
    /// Reads a host as people and peers write it, brackets around IPv6 included. False for what cannot be dialled: an empty or overlong
    /// text, anything but ASCII, numbers that are no address (<c>1.2.3.4.5</c>, <c>08.0.0.1</c>), a label that DNS does not have.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PeerHost host)
    {
        host = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength + 1)
            return false;
        if (text.Contains(':'))
            return TryParseIPv6(text, out host);
        var name = text.ToLowerInvariant();
        if (name[^1] == '.')
            name = name[..^1];
        if (name.Length is 0 or > MaxLength || name[^1] == '.' || name.AsSpan().ContainsAnyExcept(NameCharacters))
            return false;
        if (IsNumber(name.AsSpan(name.LastIndexOf('.') + 1)))
            return TryParseIPv4(name, out host);
        if (name == Localhost || name.EndsWith("." + Localhost, StringComparison.Ordinal))
            host = Of(IPAddress.Loopback);
        else if (Uri.CheckHostName(name) == UriHostNameType.Dns)
            host = new PeerHost(name, null);
        else
            return false;
        return true;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no host.</exception>
    public static PeerHost Parse(string text) => TryParse(text, out var host) ? host : throw new FormatException("no host");

    /// <inheritdoc/>
    public bool Equals(PeerHost other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal);

    /// <summary>The canonical spelling, without brackets.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>A last label that is a number makes a host an IPv4 address or nothing: no top-level domain is one.</summary>
    private static bool IsNumber(ReadOnlySpan<char> label) =>
        label.Length > 0 && char.IsAsciiDigit(label[0])
        && (!label.ContainsAnyExceptInRange('0', '9') || (label.StartsWith("0x") && !label.ContainsAnyExcept(NumberCharacters)));

    /// <summary>As resolvers read it: one to four numbers, octal after a leading zero, hexadecimal after 0x.</summary>
    private static bool TryParseIPv4(string text, out PeerHost host)
    {
        var isAddress = IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork;
        host = isAddress ? Of(address!) : default;
        return isAddress;
    }

    private static bool TryParseIPv6(string text, out PeerHost host)
    {
        host = default;
        if (text[0] == '[' && text[^1] == ']')
            text = text[1..^1];
        if (text.AsSpan().ContainsAny("[]/") || !IPAddress.TryParse(text, out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        host = Of(address);
        return true;
    }
}
