using System.Buffers;
using System.Formats.Cbor;
using System.Text;
using Chia.Protocol.Cbor;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Tests.Messages;

/// <summary>Each reason of <see cref="DecodeFailureKind"/>, and the order in which reasons are found.</summary>
public class EnvelopeTests
{
    private const string Hash = "5820" + "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>"f": "request_block".</summary>
    private static readonly string Function = Text("f") + Text("request_block");

    /// <summary>"d": {"header_hash": 32 zeros}.</summary>
    private static readonly string Data = Text("d") + "a1" + Text("header_hash") + Hash;

    [Fact]
    public void Keys_may_come_in_any_order()
    {
        Assert.Equal(new RequestBlockMessage(default), Accept("a2" + Data + Function));
        var fields = new[] { Text("challenge_hash") + Hash, Text("quality") + Hash, Text("plot_size") + "1820" };
        foreach (var (a, b, c) in new[] { (0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0) })
        {
            var payload = "a2" + Text("f") + Text("challenge_response") + Text("d") + "a3" + fields[a] + fields[b] + fields[c];
            Assert.Equal(default, Decode(payload, Role.Harvester, Role.Farmer, out var message));
            Assert.Equal(new ChallengeResponseMessage(default, default, 32), message);
        }
    }

    /// <summary>The reference takes them, so an honest peer may not be dropped for them (DECISIONS 6).</summary>
    [Fact]
    public void Longer_heads_than_needed_are_taken()
    {
        var hash = "5b0000000000000020" + Hash[4..];
        string[] payloads =
        [
            "b802" + Function + Data,
            "bb0000000000000002" + Function + Data,
            "a2" + "780166" + Text("request_block") + Data,
            "a2" + Text("f") + "79000d" + Text("request_block")[2..] + Data,
            "a2" + Text("f") + "7b000000000000000d" + Text("request_block")[2..] + Data,
            "a2" + Function + "7a0000000164" + "b90001" + "78" + "0b" + Text("header_hash")[2..] + hash,
            "a2" + Text("d") + "b801" + Text("header_hash") + hash + Function,
        ];
        Assert.All(payloads, payload => Assert.Equal(new RequestBlockMessage(default), Accept(payload)));
    }

    public static TheoryData<string, DecodeFailureKind, string?> BadEnvelopes => new()
    {
        { "", DecodeFailureKind.NotCbor, null },
        { "80", DecodeFailureKind.NotAMap, null },
        { "f6", DecodeFailureKind.NotAMap, null },
        { "4161", DecodeFailureKind.NotAMap, null },
        { "8180", DecodeFailureKind.NotAMap, null },
        { "fb0000000000000000", DecodeFailureKind.NotCbor, null },
        { "bf" + Function + Data + "ff", DecodeFailureKind.NotCbor, null },
        { "a2" + Function + Data + "00", DecodeFailureKind.NotCbor, null },
        { "d9d9f7a2" + Function + Data, DecodeFailureKind.NotCbor, null },
        { "a0", DecodeFailureKind.MissingFunction, null },
        { "a1" + Data, DecodeFailureKind.MissingFunction, null },
        { "a1" + Function, DecodeFailureKind.MissingData, "request_block" },
        { "a3" + Function + Data + Text("x") + "00", DecodeFailureKind.UnknownEnvelopeKey, "x" },
        { "a3" + Text("F") + "00" + Function + Data, DecodeFailureKind.UnknownEnvelopeKey, "F" },
        { "a3" + Function + "0000" + Data, DecodeFailureKind.UnknownEnvelopeKey, "(not text)" },
        { "a3" + Function + Function + Data, DecodeFailureKind.DuplicateEnvelopeKey, "f" },
        { "a3" + Function + Data + Data, DecodeFailureKind.DuplicateEnvelopeKey, "d" },
        { "a2" + Text("f") + "05" + Data, DecodeFailureKind.FunctionNotText, null },
        { "a2" + Text("f") + "f6" + Data, DecodeFailureKind.FunctionNotText, null },
        { "a2" + Text("f") + "4d726571756573745f626c6f636b" + Data, DecodeFailureKind.FunctionNotText, null },
        { "a2" + Text("f") + Text("") + Data, DecodeFailureKind.UnknownFunction, "" },
        { "a2" + Text("f") + Text("_x") + Data, DecodeFailureKind.UnknownFunction, "_x" },
        { "a2" + Text("f") + Text("set_server") + Data, DecodeFailureKind.UnknownFunction, "set_server" },
        { "a2" + Text("f") + Text("__class__") + Data, DecodeFailureKind.UnknownFunction, "__class__" },
        { "a2" + Text("f") + Text("request_block ") + Data, DecodeFailureKind.UnknownFunction, "request_block " },
        { "a2" + Text("f") + Text("Request_block") + Data, DecodeFailureKind.UnknownFunction, "Request_block" },
        { "a2" + Text("f") + Text("рing\n") + Data, DecodeFailureKind.UnknownFunction, "??ing?" },
        { "a2" + Text("f") + Text(new string('a', 300)) + Data, DecodeFailureKind.UnknownFunction, new string('a', 40) + "…" },
        { "a2" + Text("f") + Text("handshake_ack") + Text("d") + "a0", DecodeFailureKind.WrongPhase, "handshake_ack" },
        { "a2" + Text("f") + Text("handshake") + Data, DecodeFailureKind.WrongPhase, "handshake" },
        { "a2" + Text("f") + Text("request_peers") + Text("d") + "a0", DecodeFailureKind.NotAllowedFromRole, "request_peers" },
        { "a2" + Text("f") + Text("partial_ack") + Text("d") + "a0", DecodeFailureKind.NotAllowedFromRole, "partial_ack" },
        { "a2" + Function + Text("d") + "f6", DecodeFailureKind.DataNotAMap, null },
        { "a2" + Function + Text("d") + "80", DecodeFailureKind.DataNotAMap, null },
        { "a2" + Function + Text("d") + Hash, DecodeFailureKind.DataNotAMap, null },
        { "a2" + Function + Text("d") + "a0", DecodeFailureKind.MissingField, "header_hash" },
        { "a2" + Function + Text("d") + "a2" + Text("header_hash") + Hash + Text("y") + "00", DecodeFailureKind.UnknownField, "y" },
        { "a2" + Function + Text("d") + "a1" + "05" + Hash, DecodeFailureKind.UnknownField, "(not text)" },
        { "a2" + Function + Text("d") + "a2" + Text("header_hash") + Hash + Text("header_hash") + Hash, DecodeFailureKind.DuplicateField,
            "header_hash" },
        { "a2" + Text("f") + Text("ping") + Text("d") + "a1" + Text("nonce") + "00", DecodeFailureKind.UnknownField, "nonce" },
        { "a2" + Function + Text("d") + "a1" + Text("header_hash") + "81818180", DecodeFailureKind.WrongType, "header_hash" },
        { "a2" + Function + Text("d") + "a1" + Text("header_hash") + "d82361" + "2e", DecodeFailureKind.NotCbor, null },
    };

    [Theory, MemberData(nameof(BadEnvelopes))]
    public void Envelope_is_refused(string hex, DecodeFailureKind kind, string? name)
    {
        var failure = Decode(hex, Role.FullNode, Role.FullNode, out var message);
        Assert.Equal((kind, name), (failure.Kind, failure.Name));
        Assert.Equal(kind == DecodeFailureKind.NotCbor, failure.Cbor != CborError.None);
        Assert.Null(message);
        Assert.DoesNotContain('\n', failure.ToString());
    }

    [Theory]
    [InlineData("58200000000000000000000000000000000000000000000000000000000000000000", DecodeFailureKind.None)]
    [InlineData("581f00000000000000000000000000000000000000000000000000000000000000", DecodeFailureKind.WrongLength)]
    [InlineData("5821000000000000000000000000000000000000000000000000000000000000000000", DecodeFailureKind.WrongLength)]
    [InlineData("40", DecodeFailureKind.WrongLength)]
    [InlineData("1820", DecodeFailureKind.WrongType)]
    [InlineData("f6", DecodeFailureKind.WrongType)]
    [InlineData("a0", DecodeFailureKind.WrongType)]
    [InlineData("8100", DecodeFailureKind.WrongType)]
    [InlineData("782061616161616161616161616161616161616161616161616161616161616161", DecodeFailureKind.WrongType)]
    public void Hash_in_its_normal_form_only(string value, DecodeFailureKind expected) =>
        AssertField("request_block", "header_hash", value, Role.FullNode, expected);

    [Theory]
    [InlineData("00", DecodeFailureKind.None)]
    [InlineData("18ff", DecodeFailureKind.None)]
    [InlineData("1bffffffffffffffff", DecodeFailureKind.None)]
    [InlineData("20", DecodeFailureKind.WrongType)]
    [InlineData("3913 87", DecodeFailureKind.WrongType)]
    [InlineData("6435303030", DecodeFailureKind.WrongType)]
    [InlineData("480000000000001388", DecodeFailureKind.WrongType)]
    [InlineData("f5", DecodeFailureKind.NotCbor)]
    [InlineData("f94500", DecodeFailureKind.NotCbor)]
    [InlineData("c2411388", DecodeFailureKind.NotCbor)]
    [InlineData("1900ff", DecodeFailureKind.None)]
    [InlineData("1b0000000000001388", DecodeFailureKind.None)]
    public void Integer_in_its_normal_form_only(string value, DecodeFailureKind expected) =>
        AssertField("proof_of_time_rate", "pot_estimate_ips", value.Replace(" ", ""), Role.Farmer, expected);

    [Theory]
    [InlineData("challenge_response", "plot_size", "18ff", DecodeFailureKind.None)]
    [InlineData("challenge_response", "plot_size", "190100", DecodeFailureKind.OutOfRange)]
    [InlineData("proof_of_space_finalized", "height", "1affffffff", DecodeFailureKind.None)]
    [InlineData("proof_of_space_finalized", "height", "1b0000000100000000", DecodeFailureKind.OutOfRange)]
    [InlineData("request_header_blocks", "heights", "821affffffff00", DecodeFailureKind.None)]
    [InlineData("request_header_blocks", "heights", "82001b0000000100000000", DecodeFailureKind.OutOfRange)]
    [InlineData("request_header_blocks", "heights", "8120", DecodeFailureKind.WrongType)]
    [InlineData("request_header_blocks", "heights", "8180", DecodeFailureKind.WrongType)]
    [InlineData("request_header_blocks", "heights", "00", DecodeFailureKind.WrongType)]
    [InlineData("request_header_blocks", "heights", "f6", DecodeFailureKind.WrongType)]
    [InlineData("handshake", "node_type", "00", DecodeFailureKind.OutOfRange)]
    [InlineData("handshake", "node_type", "05", DecodeFailureKind.None)]
    [InlineData("handshake", "node_type", "06", DecodeFailureKind.OutOfRange)]
    [InlineData("handshake", "node_type", "1901 01", DecodeFailureKind.OutOfRange)]
    [InlineData("handshake", "node_type", "6131", DecodeFailureKind.WrongType)]
    [InlineData("handshake", "server_port", "19ffff", DecodeFailureKind.None)]
    [InlineData("handshake", "server_port", "1a00010000", DecodeFailureKind.OutOfRange)]
    [InlineData("handshake", "version", "04", DecodeFailureKind.WrongType)]
    [InlineData("request_data", "min_height", "f6", DecodeFailureKind.None)]
    [InlineData("request_data", "min_height", "01", DecodeFailureKind.None)]
    [InlineData("request_data", "min_height", "1b0000000100000000", DecodeFailureKind.OutOfRange)]
    [InlineData("request_data", "farmer_id", "40", DecodeFailureKind.WrongType)]
    [InlineData("respond_header_signature", "header_hash_signature", "40", DecodeFailureKind.WrongLength)]
    [InlineData("respond_data", "pool_pubkey", "40", DecodeFailureKind.WrongLength)]
    [InlineData("new_transaction", "transaction", "40", DecodeFailureKind.None)]
    [InlineData("new_transaction", "transaction", "4100", DecodeFailureKind.WrongLength)]
    [InlineData("block", "block", "4100", DecodeFailureKind.BadStructure)]
    [InlineData("block", "block", "40", DecodeFailureKind.BadStructure)]
    [InlineData("block", "block", "a0", DecodeFailureKind.WrongType)]
    [InlineData("peers", "peer_list", "8140", DecodeFailureKind.BadStructure)]
    [InlineData("peers", "peer_list", "814600000000 0001", DecodeFailureKind.None)]
    public void One_value_replaced_in_a_good_message(string function, string field, string value, DecodeFailureKind expected)
    {
        var good = new RandomMessages(1).Of(RandomMessages.Types.Single(type => new RandomMessages(1).Of(type).Function == function));
        var payload = ReplaceField(MessageRegistry.Encode(good)[4..], field, Convert.FromHexString(value.Replace(" ", "")));
        var failure = MessageRoundTripTests.Decode(payload, out var message);
        Assert.Equal(expected, failure.Kind);
        Assert.Equal(expected is DecodeFailureKind.None or DecodeFailureKind.NotCbor ? null : field, failure.Name);
        Assert.Equal(expected == DecodeFailureKind.None, message is not null);
    }

    [Fact]
    public void A_structure_says_what_is_wrong_with_it()
    {
        var block = Networks.Testnet.Definition.GenesisBytes.ToArray();
        AssertStructure([.. block, 0], StreamableError.TrailingBytes);
        AssertStructure(block[..^1], StreamableError.Truncated);
        block[133 + (8 * 19)] = 2;
        AssertStructure(block, StreamableError.OptionalFlag);
    }

    [Fact]
    public void A_signature_without_its_mark_is_refused()
    {
        var message = new HeaderSignatureMessage(default, default, new Bytes96([0x40, .. new byte[95]]));
        var payload = MessageRegistry.Encode(message)[4..];
        Assert.Equal(default, MessageRegistry.TryDecode(payload, Role.Farmer, Role.FullNode, out _));
        payload[^96] = 0;
        Assert.Equal(
            new DecodeFailure(DecodeFailureKind.BadStructure, "header_signature", Structure: StreamableError.PrependSignatureUnmarked),
            MessageRegistry.TryDecode(payload, Role.Farmer, Role.FullNode, out _));
    }

    /// <summary>A payload in pieces gives what the joined one gives.</summary>
    [Fact]
    public void Pieces_decode_as_the_whole_does()
    {
        foreach (var hex in BadEnvelopes.Select(row => row.Data.Item1).Append("a2" + Function + Data).Where(hex => hex.Length > 0))
        {
            var payload = Convert.FromHexString(hex);
            var split = payload.Length / 2;
            var first = new Segment(payload.AsMemory(0, split), 0);
            var last = new Segment(payload.AsMemory(split), split);
            first.Append(last);
            var pieces = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
            var whole = MessageRegistry.TryDecode(payload, Role.FullNode, Role.FullNode, out var expected);
            Assert.Equal(whole, MessageRegistry.TryDecode(pieces, Role.FullNode, Role.FullNode, out var message));
            Assert.Equal(expected, message);
        }
    }

    [Fact]
    public void A_message_outside_the_registry_cannot_be_encoded() =>
        Assert.Throws<ArgumentException>(() => MessageRegistry.Encode(new Stranger()));

    private static void AssertStructure(byte[] block, StreamableError expected)
    {
        var writer = new CborWriter();
        writer.WriteByteString(block);
        var payload = "a2" + Text("f") + Text("block") + Text("d") + "a1" + Text("block") + Convert.ToHexString(writer.Encode());
        var failure = Decode(payload, Role.FullNode, Role.FullNode, out _);
        Assert.Equal(new DecodeFailure(DecodeFailureKind.BadStructure, "block", Structure: expected), failure);
    }

    private static void AssertField(string function, string field, string value, Role receiver, DecodeFailureKind expected)
    {
        var payload = "a2" + Text("f") + Text(function) + Text("d") + "a1" + Text(field) + value;
        var failure = Decode(payload, Role.FullNode, receiver, out var message);
        Assert.Equal(expected, failure.Kind);
        Assert.Equal(expected == DecodeFailureKind.None, message is not null);
    }

    private static Message Accept(string hex)
    {
        Assert.Equal(default, Decode(hex, Role.FullNode, Role.FullNode, out var message));
        return message!;
    }

    private static DecodeFailure Decode(string hex, Role sender, Role receiver, out Message? message) =>
        MessageRegistry.TryDecode(Convert.FromHexString(hex), sender, receiver, out message);

    /// <summary>Rebuilds a payload with one value exchanged for other bytes.</summary>
    private static byte[] ReplaceField(byte[] payload, string field, byte[] value)
    {
        var reader = WireReader.Rent(payload);
        reader.ReadMapHeader();
        for (var i = 0; i < 3; i++)
            reader.Skip(0);
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var found = reader.ReadText().SequenceEqual(Encoding.UTF8.GetBytes(field));
            var start = reader.Position;
            reader.Skip(1);
            if (found)
                return [.. payload[..start], .. value, .. payload[reader.Position..]];
        }

        throw new InvalidOperationException($"no field {field}");
    }

    private static string Text(string text)
    {
        var writer = new CborWriter();
        writer.WriteTextString(text);
        return Convert.ToHexStringLower(writer.Encode());
    }

    private sealed record Stranger : Message
    {
        public override string Function => "stranger";
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public void Append(Segment next) => Next = next;
    }
}
