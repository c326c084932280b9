using System.Text;
using Chia.Fuzz.Driver;
using Chia.Protocol.Addresses;

namespace Chia.Fuzz.Targets;

/// <summary>Hosts as peers write them: one canonical spelling, which reads as itself.</summary>
internal sealed class AddressTarget() : FuzzTarget("addresses")
{
    private static readonly string[] Hosts =
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::ffff:127.0.0.1", "localhost.", "2a00:1450::1", "[2001:db8::1]",
        "fe80::1%7", "64:ff9b::8.8.8.8", "2002:808:808::1", "node.example.org", "xn--hst-sna.example", "1.2.3.4:8444", "[::1]:8444",
    ];

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Hosts.Select(Encoding.Latin1.GetBytes)];

    public override int ShortRun => 100_000;

    public override void Run(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (PeerAddress.TryParse(text, out var address))
            Promise.That(PeerAddress.TryParse(address.ToString(), out var again) && again == address, "an address reads as itself");
        if (!PeerHost.TryParse(text, out var host))
            return;
        Promise.That(PeerHost.TryParse(host.ToString(), out var same) && same == host, "a host reads as itself");
        Promise.That(host.ToString().All(c => c is > ' ' and < '\x7f'), "a host is printable");
        Promise.That(host.Group.ToString().Length > 0 && host.Subscriber.ToString().Length > 0, "a host is somewhere");
        Promise.That(!host.IsLoopback || !host.IsPublic, "loopback is not public");
    }
}
