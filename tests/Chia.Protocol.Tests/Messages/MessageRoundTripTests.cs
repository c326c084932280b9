using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Chia.Protocol.Tests.Messages;

public class MessageRoundTripTests
{
    [Fact]
    public void The_registry_holds_the_whole_catalogue_and_every_message_type()
    {
        Assert.Equal(
            MessageCatalogue.Entries.Select(entry => entry.Function), MessageRegistry.All.Select(definition => definition.Function));
        foreach (var (function, fields, route) in MessageCatalogue.Entries)
        {
            var definition = MessageRegistry.Find(function)!;
            Assert.Equal(fields.Select(field => field.Name), definition.FieldNames);
            if (route is { } one)
                Assert.Equal([new MessageRoute(one.Sender, one.Receiver)], definition.Routes);
        }

        var functions = RandomMessages.Types.Select(type => new RandomMessages(0).Of(type).Function);
        Assert.Equal(MessageCatalogue.Entries.Select(entry => entry.Function).Order(), functions.Order());
    }

    /// <summary>Encoding agrees with the slow twin, and decoding what was encoded gives the same message.</summary>
    [Fact]
    public void Every_message_round_trips_and_agrees_with_the_plain_encoder() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>>(), seed =>
        {
            var random = new RandomMessages(seed.Item);
            foreach (var type in RandomMessages.Types)
            {
                var message = random.Of(type);
                var payload = MessageRegistry.Encode(message)[4..];
                Assert.Equal(Convert.ToHexString(PlainEncoder.Payload(message)), Convert.ToHexString(payload));

                Assert.Equal(default, Decode(payload, out var decoded));
                Assert.IsType(type, decoded);
                Assert.Equal(payload, MessageRegistry.Encode(decoded)[4..]);
                Assert.True(payload.Length <= MessageRegistry.Find(message.Function)!.MaxPayload);
            }
        }));

    [Fact]
    public void Messages_without_lists_are_equal_by_value()
    {
        foreach (
            var type in RandomMessages.Types.Where(
            type => type.GetProperties().All(p => !p.PropertyType.Name.StartsWith("ImmutableArray"))))
        {
            var message = new RandomMessages(7).Of(type);
            Decode(MessageRegistry.Encode(message).AsMemory(4), out var decoded);
            Assert.Equal(message, decoded);
        }
    }

    internal static DecodeFailure Decode(ReadOnlyMemory<byte> payload, out Message? message)
    {
        var failure = MessageRegistry.TryDecode(payload, MessagePhase.Established, null, Role.FullNode, out message);
        return failure.Kind == DecodeFailureKind.WrongPhase
            ? MessageRegistry.TryDecode(payload, MessagePhase.Handshake, null, Role.FullNode, out message)
            : failure;
    }
}
