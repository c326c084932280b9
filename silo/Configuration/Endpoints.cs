using System.Net;
using Chia.Protocol.Addresses;

namespace Chia.Silo.Configuration;

/// <summary>Addresses as people write them.</summary>
internal static class Endpoints
{
    private const string None = "none";

    public static PeerAddress Parse(string text) =>
        PeerAddress.TryParse(text, out var address)
            ? address
            : throw new UserException($"'{text}' is no peer: expected HOST:PORT with a port from 1 to 65535");

    public static PeerAddress? ParseOptional(string? text) => text is null or None ? null : Parse(text);

    public static IPAddress ParseAddress(string? text)
    {
        if (text is null or "*")
            return IPAddress.IPv6Any;
        if (text == "localhost")
            return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address) ? address : throw new UserException($"'{text}' is no IP address to listen on");
    }

    public static int CheckPort(int port) =>
        port is >= 0 and <= ushort.MaxValue ? port : throw new UserException($"{port} is no TCP port: expected 0 to 65535");
}
