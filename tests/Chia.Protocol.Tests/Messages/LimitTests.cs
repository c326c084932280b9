using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Messages;

public class LimitTests
{
    /// <summary>The figures in the comments of the table.</summary>
    [Theory]
    [InlineData("handshake", 1_024)]
    [InlineData("handshake_ack", 1_024)]
    [InlineData("block", 70_100)]
    [InlineData("unfinished_block", 70_111)]
    [InlineData("new_proof_of_time", 68_808)]
    [InlineData("header_blocks", 17_859_927)]
    [InlineData("sync_blocks", 17_941_070)]
    [InlineData("peers", 264_025)]
    [InlineData("request_header_blocks", 1_369)]
    [InlineData("harvester_handshake", 50_042)]
    [InlineData("proof_of_time_finished", 68_813)]
    public void Largest_payloads(string function, int size) => Assert.Equal(size, MessageRegistry.Find(function)!.MaxPayload);

    [Fact]
    public void All_header_hashes_fills_the_largest_payload() =>
        Assert.InRange(MessageRegistry.Find("all_header_hashes")!.MaxPayload, MessageRegistry.MaxPayload - 64, MessageRegistry.MaxPayload);

    [Fact]
    public void No_message_exceeds_the_largest_payload() =>
        Assert.All(MessageRegistry.All, definition => Assert.InRange(definition.MaxPayload, 12, MessageRegistry.MaxPayload));

    [Fact]
    public void A_handshake_fits_its_limit() =>
        Assert.True(MessageRegistry.Find("handshake")!.MaxPayload <= Protocol.Handshake.HandshakeMachine.MaxPayload);

    [Fact]
    public void The_largest_lists_are_taken_and_one_item_more_is_not()
    {
        Assert.Equal(DecodeFailureKind.None, Judge(new RequestHeaderBlocksMessage(default, [.. Heights(ItemLimits.Heights)])));
        Assert.Equal(DecodeFailureKind.TooManyItems, Judge(new RequestHeaderBlocksMessage(default, [.. Heights(ItemLimits.Heights + 1)])));
        Assert.Equal(DecodeFailureKind.None, Judge(new PeersMessage([.. Hosts(ItemLimits.Peers)])));
        Assert.Equal(DecodeFailureKind.TooManyItems, Judge(new PeersMessage([.. Hosts(ItemLimits.Peers + 1)])));
        Assert.Equal(DecodeFailureKind.TooLarge, Judge(new PeersMessage([.. Hosts(100_000)])));
    }

    [Fact]
    public void A_message_as_large_as_its_limit_is_taken()
    {
        var message = new PeersMessage([.. Enumerable.Repeat(new PeerInfo(new string('a', 255), ushort.MaxValue), ItemLimits.Peers)]);
        var payload = MessageRegistry.Encode(message).AsMemory(4);
        Assert.Equal(MessageRegistry.Find(message.Function)!.MaxPayload, payload.Length);
        Assert.Equal(DecodeFailureKind.None, Judge(message));
        Assert.Equal(payload.Length, MessageRegistry.PayloadLimit(payload.Span[..64], Role.Introducer, Role.FullNode));
    }

    [Fact]
    public void The_longest_text_is_taken_and_one_byte_more_is_not()
    {
        Assert.Equal(default, Judge(255));
        Assert.Equal(new DecodeFailure(DecodeFailureKind.WrongLength, "version"), Judge(256));

        static DecodeFailure Judge(int length)
        {
            var handshake = new HandshakeMessage("testnet", new string('1', length), default, 8444, Role.FullNode);
            return MessageRoundTripTests.Decode(MessageRegistry.Encode(handshake).AsMemory(4), out _);
        }
    }

    [Fact]
    public void All_hashes_of_a_long_chain_are_taken()
    {
        var hashes = new Bytes32[300_000];
        Assert.Equal(DecodeFailureKind.None, Judge(new AllHeaderHashesMessage([.. hashes])));
    }

    [Fact]
    public void Size_is_judged_by_the_name_before_the_arguments_are_looked_at()
    {
        var payload = new byte[MessageDefinition.SmallestLimit + 1];
        MessageRegistry.Encode(new PingMessage()).AsSpan(4).CopyTo(payload);
        payload.AsSpan(11).Fill(0xff);
        Assert.Equal(
            new DecodeFailure(DecodeFailureKind.TooLarge, "ping"),
            MessageRegistry.TryDecode(payload, Role.FullNode, Role.Farmer, out _));
    }

    [Fact]
    public void A_structure_longer_than_any_valid_one_is_not_decoded()
    {
        var proof =
            new RespondProofOfSpaceMessage(default, new ProofOfSpace(default, default, default, 60, ByteString.Adopt(new byte[480])));
        var failure = MessageRegistry.TryDecode(MessageRegistry.Encode(proof).AsMemory(4), Role.Harvester, Role.Farmer, out _);
        Assert.Equal(new DecodeFailure(DecodeFailureKind.WrongLength, "proof"), failure);
    }

    /// <summary>A list that announces more than its bytes can hold reserves only what they can.</summary>
    [Fact]
    public void Memory_follows_the_bytes_not_the_announcement()
    {
        var payload = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[1_000]]))[4..];
        var items = new byte[20_000];
        var liar = payload.AsSpan(0, payload.Length - 34_003).ToArray();
        byte[] lying = [.. liar, 0x99, 0x4e, 0x20, .. items];
        MessageRegistry.TryDecode(lying, Role.FullNode, Role.FullNode, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = MessageRegistry.TryDecode(lying, Role.FullNode, Role.FullNode, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(new DecodeFailure(DecodeFailureKind.WrongType, "header_hashes"), failure);
        Assert.InRange(allocated, 0, 40_000);
    }

    [Fact]
    public void The_limit_is_known_as_soon_as_the_name_is()
    {
        var payload = MessageRegistry.Encode(new BlockMessage(Networks.Testnet.Definition.Genesis())).AsSpan(4);
        for (var length = 0; length < 40; length++)
        {
            var limit = MessageRegistry.PayloadLimit(payload[..length], Role.FullNode, Role.FullNode);
            Assert.Equal(length < 9 ? MessageRegistry.MaxUnnamedPayload : 70_100, limit);
        }

        Assert.Equal(0, MessageRegistry.PayloadLimit(payload, Role.Farmer, Role.FullNode));
        Assert.Equal(0, MessageRegistry.PayloadLimit([0xa2, 0x61, 0x66, 0x61, 0x78], Role.FullNode, Role.FullNode));
        Assert.Equal(0, MessageRegistry.PayloadLimit([0xa2, 0x61, 0x66, 0x05], Role.FullNode, Role.FullNode));
        Assert.Equal(MessageRegistry.MaxUnnamedPayload, MessageRegistry.PayloadLimit([0xa2, 0x61, 0x64], Role.FullNode, Role.FullNode));
    }

    [Fact]
    public void Replies_are_messages_that_may_travel_back()
    {
        foreach (var definition in MessageRegistry.All.Where(d => d.Reply is not null))
        {
            var reply = MessageRegistry.Find(definition.Reply!.Value.Function)!;
            Assert.NotEmpty(definition.Routes);
            Assert.All(definition.Routes, route => Assert.True(reply.MayPass(route.Receiver, route.Sender), definition.Function));
        }
    }

    [Fact]
    public void Whatever_must_be_asked_for_can_be_asked_for()
    {
        var replies = MessageRegistry.All.Select(d => d.Reply?.Function).ToHashSet();
        Assert.All(MessageRegistry.All.Where(d => d.Solicited), d => Assert.Contains(d.Function, replies));
    }

    /// <summary>PROTOCOL.md 8.10, without what hardening 11.1 and 11.2 take away, with ping and pong (DECISIONS 9).</summary>
    [Fact]
    public void Each_role_accepts_its_functions()
    {
        Assert.Equal(Enum.GetValues<Role>().Except([Role.None]), MessageCatalogue.Handlers.Keys.Order());
        foreach (var (receiver, functions) in MessageCatalogue.Handlers)
        {
            var accepted = MessageRegistry.All
                .Where(d => d.Phase == MessagePhase.Established && d.Routes.Any(route => route.Receiver == receiver))
                .Select(d => d.Function);
            Assert.Equal(functions.Concat(["ping", "pong"]).Order(), accepted.Order());
        }
    }

    private static DecodeFailureKind Judge(Message message) =>
        MessageRoundTripTests.Decode(MessageRegistry.Encode(message).AsMemory(4), out _).Kind;

    private static IEnumerable<uint> Heights(int count) => Enumerable.Range(0, count).Select(i => (uint)i);

    private static IEnumerable<PeerInfo> Hosts(int count) =>
        Enumerable.Range(0, count).Select(i => new PeerInfo($"10.0.{i / 250}.{i % 250}", 8444));
}
