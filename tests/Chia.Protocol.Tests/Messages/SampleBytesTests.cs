using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Messages;

/// <summary>The verified bytes of PROTOCOL.md 3.2.</summary>
public class SampleBytesTests
{
    private static readonly Bytes32 Genesis = Testnet.Definition.Genesis().HeaderHash();

    public static TheoryData<Message, string> Samples => new()
    {
        {
            new HandshakeMessage("testnet", "0.0.4", Bytes32.FromHex(new string('1', 64)), 8444, Role.FullNode),
            "a2616669" + "68616e647368616b65" + "6164a5"
                + "6a6e6574776f726b5f696467746573746e6574"
                + "6776657273696f6e65302e302e34"
                + "676e6f64655f69645820" + new string('1', 64)
                + "6b7365727665725f706f72741920fc"
                + "696e6f64655f7479706501"
        },
        { new HandshakeAckMessage(), "a261666d68616e647368616b655f61636b6164a0" },
        { new RequestPeersMessage(), "a261666d726571756573745f70656572736164a0" },
        {
            new PeersMessage([new PeerInfo("127.0.0.1", 8444), new PeerInfo("h", 1)]),
            "a261666570656572736164a169706565725f6c697374824f000000093132372e302e302e3120fc4700000001680001"
        },
        { new PeersMessage([]), "a261666570656572736164a169706565725f6c69737480" },
        {
            new RequestBlockMessage(Genesis),
            "a261666d726571756573745f626c6f636b6164a16b6865616465725f6861736858202aee8efcbb816bfa3e974a944160cdbbb013533a5753eca02c7050f579f1b92d"
        },
        {
            new RequestHeaderBlocksMessage(Genesis, [0, 23, 24, 256, 70000]),
            "a2616675726571756573745f6865616465725f626c6f636b736164a26f7469705f6865616465725f6861736858202aee8efcbb816bfa3e974a944160cdbbb013533a57"
                + "53eca02c7050f579f1b92d676865696768747385001718181901001a00011170"
        },
        { new ProofOfTimeRateMessage(5000), "a261667270726f6f665f6f665f74696d655f726174656164a170706f745f657374696d6174655f697073191388" },
        {
            new BlockMessage(Testnet.Definition.Genesis()),
            "a2616665626c6f636b6164a165626c6f636b59084d" + Convert.ToHexStringLower(Testnet.Definition.GenesisBytes.Span)
        },
    };

    [Theory, MemberData(nameof(Samples), DisableDiscoveryEnumeration = true)]
    public void Sample_is_written_and_read(Message message, string hex)
    {
        var frame = MessageRegistry.Encode(message);
        Assert.Equal(hex, Convert.ToHexStringLower(frame.AsSpan(4)));
        Assert.Equal((uint)hex.Length / 2, BinaryPrimitives.ReadUInt32BigEndian(frame));
        Assert.Equal(default, MessageRoundTripTests.Decode(frame.AsMemory(4), out var decoded));
        Assert.Equal(frame, MessageRegistry.Encode(decoded!));
    }

    [Fact]
    public void A_handshake_frame_starts_with_its_117_bytes() =>
        Assert.Equal("00000075", Convert.ToHexStringLower(MessageRegistry.Encode(
            new HandshakeMessage("testnet", "0.0.4", default, 8444, Role.FullNode)).AsSpan(0, 4)));

    /// <summary>One field of each integer width at each step of the head: the payload grows by exactly the head's bytes.</summary>
    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(23UL, 1)]
    [InlineData(24UL, 2)]
    [InlineData(255UL, 2)]
    [InlineData(256UL, 3)]
    [InlineData(65535UL, 3)]
    [InlineData(65536UL, 5)]
    [InlineData(4294967295UL, 5)]
    [InlineData(4294967296UL, 9)]
    [InlineData(ulong.MaxValue, 9)]
    public void Sizes_by_integer_width(ulong value, int size)
    {
        Assert.Equal(42 + size, MessageRegistry.Encode(new ProofOfTimeRateMessage(value)).Length - 4);
        if (value <= uint.MaxValue)
            Assert.Equal(87 + size, MessageRegistry.Encode(new RequestHeaderBlocksMessage(default, [(uint)value])).Length - 4);
        if (value <= ushort.MaxValue)
            Assert.Equal(
                114 + size,
                MessageRegistry.Encode(new HandshakeMessage("testnet", "0.0.4", default, (ushort)value, Role.Farmer)).Length - 4);
        if (value <= byte.MaxValue)
            Assert.Equal(126 + size, MessageRegistry.Encode(new ChallengeResponseMessage(default, default, (byte)value)).Length - 4);
    }
}
