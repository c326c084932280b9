using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Chia.Protocol.Cbor;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol;

/// <summary>
/// All messages by name: what they hold, who may send them to whom, how large and how frequent they may be, what answers them; and the
/// way from a payload to a message and back (PROTOCOL.md 2, 3, 8).
/// </summary>
public static class MessageRegistry
{
    /// <summary>Largest payload of any message, bytes: 64 MiB (PROTOCOL.md 11.3).</summary>
    public const int MaxPayload = 64 * 1024 * 1024;

    /// <summary>Largest payload that is taken before its function is known, bytes. Only a frame that does not begin with the name needs so much unseen.</summary>
    public const int MaxUnnamedPayload = 256 * 1024;

    /// <summary>Containers inside <c>d</c>: the map itself, and a list in it.</summary>
    private const int DataDepth = 2;

    /// <summary>A map of two, and the one-letter text that is its first key.</summary>
    private static readonly byte[] UsualStart = [CborHead.Map | 2, CborHead.Text | 1, (byte)'f'];

    private static readonly FrozenDictionary<string, MessageDefinition> ByName =
        MessageTable.All.ToFrozenDictionary(definition => definition.Function, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MessageDefinition>.AlternateLookup<ReadOnlySpan<char>> ByChars =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int LongestName = MessageTable.All.Max(definition => definition.Function.Length);

    /// <summary>All definitions, in the order of PROTOCOL.md 8.</summary>
    public static ImmutableArray<MessageDefinition> All => MessageTable.All;

    /// <summary>The definition of a function, or null if there is no such message.</summary>
    public static MessageDefinition? Find(string function) => ByName.GetValueOrDefault(function);

    /// <summary>The whole frame: 4 bytes of length, then the payload (PROTOCOL.md 1, 2).</summary>
    /// <exception cref="ArgumentException">The message is of a type that the registry does not know.</exception>
    public static byte[] Encode(Message message)
    {
        if (!ByName.TryGetValue(message.Function, out var definition))
            throw new ArgumentException($"no message is called {message.Function}", nameof(message));
        var writer = new CborWriter();
        writer.WriteRaw(stackalloc byte[FrameReader.PrefixSize]);
        writer.WriteMapHeader(2);
        writer.WriteText("f");
        writer.WriteText(message.Function);
        writer.WriteText("d");
        definition.Codec.Write(writer, message);
        var frame = writer.Written.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(frame.Length - FrameReader.PrefixSize));
        return frame;
    }

    /// <summary>
    /// Decodes a payload that came over an established connection. Whether the sender's role may send this function to ours, and the payload's
    /// size, are judged by the name, before the arguments are looked at.
    /// </summary>
    /// <param name="payload">The payload of one frame.</param>
    /// <param name="sender">Role of the peer.</param>
    /// <param name="receiver">Our role.</param>
    /// <param name="message">The message; null if anything failed.</param>
    public static DecodeFailure TryDecode(ReadOnlySpan<byte> payload, NodeType sender, NodeType receiver, out Message? message) =>
        TryDecode(payload, MessagePhase.Established, sender, receiver, out message);

    /// <summary>As the other overload, for a payload that may lie in several pieces.</summary>
    public static DecodeFailure TryDecode(in ReadOnlySequence<byte> payload, NodeType sender, NodeType receiver, out Message? message)
    {
        if (payload.IsSingleSegment)
            return TryDecode(payload.FirstSpan, sender, receiver, out message);
        var length = checked((int)payload.Length);
        var joined = ArrayPool<byte>.Shared.Rent(length);
        payload.CopyTo(joined);
        var failure = TryDecode(joined.AsSpan(0, length), sender, receiver, out message);
        ArrayPool<byte>.Shared.Return(joined);
        return failure;
    }

    /// <summary>
    /// The largest payload to wait for, given its beginning: the limit of the function that it names, 0 if nobody may send that function, or
    /// <see cref="MaxUnnamedPayload"/> while the name has not arrived or does not come first.
    /// </summary>
    /// <param name="start">As much of the payload as has arrived.</param>
    /// <param name="sender">Role of the peer.</param>
    /// <param name="receiver">Our role.</param>
    public static int PayloadLimit(ReadOnlySpan<byte> start, NodeType sender, NodeType receiver)
    {
        if (!start.StartsWith(UsualStart))
            return MaxUnnamedPayload;
        var reader = new CborReader(start[UsualStart.Length..]);
        var name = reader.ReadText();
        if (reader.Error == CborError.Truncated)
            return MaxUnnamedPayload;
        return reader.Error == CborError.None && Find(name) is { } definition && definition.MayPass(sender, receiver)
            ? definition.MaxPayload
            : 0;
    }

    /// <summary>The function that a payload, or the beginning of one, names first; null if it names none, or not first, or not completely.</summary>
    /// <param name="start">As much of the payload as there is.</param>
    public static MessageDefinition? FunctionOf(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(UsualStart))
            return null;
        var reader = new CborReader(start[UsualStart.Length..]);
        var name = reader.ReadText();
        return reader.Error == CborError.None ? Find(name) : null;
    }

    /// <summary>Decodes a payload that came in the given phase of a connection.</summary>
    internal static DecodeFailure TryDecode(
        ReadOnlySpan<byte> payload, MessagePhase phase, NodeType? sender, NodeType receiver, out Message? message)
    {
        message = null;
        var reader = new CborReader(payload);
        if (reader.Peek() != CborType.Map)
            return NotAMap(ref reader);
        MessageDefinition? definition = null;
        var data = default(Range?);
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var failure = ReadKey(ref reader, definition is not null, data is not null, out var isFunction);
            if (!failure.Failed && isFunction)
            {
                failure = ReadFunction(ref reader, out definition);
                if (!failure.Failed)
                    failure = Judge(definition!, payload.Length, phase, sender, receiver);
            }
            else if (!failure.Failed)
            {
                var start = reader.Position;
                reader.Skip(DataDepth);
                data = start..reader.Position;
            }

            if (reader.Error != CborError.None)
                return NotCbor(reader.Error);
            if (failure.Failed)
                return failure;
        }

        if (reader.Finish() != CborError.None)
            return NotCbor(reader.Error);
        if (definition is null)
            return new DecodeFailure(DecodeFailureKind.MissingFunction);
        return data is { } range
            ? definition.Codec.TryRead(payload[range], out message)
            : new DecodeFailure(DecodeFailureKind.MissingData, definition.Function);
    }

    /// <summary>What is not a map may still be no CBOR at all, which is the better reason.</summary>
    private static DecodeFailure NotAMap(ref CborReader reader)
    {
        reader.Skip(DataDepth);
        return reader.Finish() == CborError.None ? new DecodeFailure(DecodeFailureKind.NotAMap) : NotCbor(reader.Error);
    }

    private static DecodeFailure NotCbor(CborError error) => new(DecodeFailureKind.NotCbor, Cbor: error);

    private static DecodeFailure ReadKey(ref CborReader reader, bool hasFunction, bool hasData, out bool isFunction)
    {
        isFunction = false;
        if (reader.Peek() != CborType.Text)
        {
            reader.Skip(DataDepth);
            return new DecodeFailure(DecodeFailureKind.UnknownEnvelopeKey, "(not text)");
        }

        var key = reader.ReadText();
        isFunction = key is [(byte)'f'];
        if (isFunction ? hasFunction : hasData && key is [(byte)'d'])
            return new DecodeFailure(DecodeFailureKind.DuplicateEnvelopeKey, isFunction ? "f" : "d");
        return isFunction || key is [(byte)'d']
            ? default
            : new DecodeFailure(DecodeFailureKind.UnknownEnvelopeKey, DecodeFailure.Printable(key));
    }

    private static DecodeFailure ReadFunction(ref CborReader reader, out MessageDefinition? definition)
    {
        definition = null;
        if (reader.Peek() != CborType.Text)
        {
            reader.Skip(DataDepth);
            return new DecodeFailure(DecodeFailureKind.FunctionNotText);
        }

        var name = reader.ReadText();
        definition = Find(name);
        return definition is null ? new DecodeFailure(DecodeFailureKind.UnknownFunction, DecodeFailure.Printable(name)) : default;
    }

    private static DecodeFailure Judge(MessageDefinition definition, int size, MessagePhase phase, NodeType? sender, NodeType receiver)
    {
        if (definition.Phase != phase)
            return new DecodeFailure(DecodeFailureKind.WrongPhase, definition.Function);
        if (sender is { } role && !definition.MayPass(role, receiver))
            return new DecodeFailure(DecodeFailureKind.NotAllowedFromRole, definition.Function);
        return size > definition.MaxPayload ? new DecodeFailure(DecodeFailureKind.TooLarge, definition.Function) : default;
    }

    /// <summary>Looks a name up without making a string of it.</summary>
    private static MessageDefinition? Find(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[LongestName];
        return Ascii.ToUtf16(name, chars, out var length) == OperationStatus.Done && ByChars.TryGetValue(chars[..length], out var definition)
            ? definition
            : null;
    }
}
