using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Formats.Cbor;
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

    /// <summary>Largest payload that is taken before its function is known, bytes. Only a frame that does not begin with the name needs so
    /// much unseen.</summary>
    public const int MaxUnnamedPayload = 256 * 1024;

    private static readonly FrozenDictionary<string, MessageDefinition> ByName =
        MessageTable.All.ToFrozenDictionary(definition => definition.Function, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MessageDefinition>.AlternateLookup<ReadOnlySpan<char>> ByChars =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Writers that grew beyond this many bytes are not kept for the next message: large answers are rare.</summary>
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static CborWriter? _writer;

    private static readonly int LongestName = MessageTable.All.Max(definition => definition.Function.Length);

    /// <summary>All definitions, in the order of PROTOCOL.md 8.</summary>
    internal static ImmutableArray<MessageDefinition> All => MessageTable.All;

    /// <summary>The definition of a function, or null if there is no such message.</summary>
    public static MessageDefinition? Find(string function) => ByName.GetValueOrDefault(function);

    /// <summary>The whole frame: 4 bytes of length, then the payload (PROTOCOL.md 1, 2).</summary>
    /// <exception cref="ArgumentException">The message is of a type that the registry does not know.</exception>
    public static byte[] Encode(Message message)
    {
        if (!ByName.TryGetValue(message.Function, out var definition))
            throw new ArgumentException($"no message is called {message.Function}", nameof(message));
        var writer = _writer ?? new CborWriter(CborConformanceMode.Lax);
        _writer = null;
        writer.WriteStartMap(2);
        writer.WriteTextString("f");
        writer.WriteTextString(message.Function);
        writer.WriteTextString("d");
        definition.Codec.Write(writer, message);
        writer.WriteEndMap();
        var frame = new byte[FrameReader.PrefixSize + writer.BytesWritten];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)writer.BytesWritten);
        writer.Encode(frame.AsSpan(FrameReader.PrefixSize));
        if (frame.Length <= LargestKept)
        {
            writer.Reset();
            _writer = writer;
        }

        return frame;
    }

    /// <summary>
    /// Decodes a payload that came over an established connection. Whether the sender's role may send this function to ours, and the
    /// payload's size, are judged by the name, before the arguments are looked at.
    /// </summary>
    /// <param name="payload">The payload of one frame.</param>
    /// <param name="sender">Role of the peer.</param>
    /// <param name="receiver">Our role.</param>
    /// <param name="message">The message; null if anything failed.</param>
    public static DecodeFailure TryDecode(ReadOnlyMemory<byte> payload, Role sender, Role receiver, out Message? message) =>
        TryDecode(payload, MessagePhase.Established, sender, receiver, out message);

    /// <summary>As the other overload, for a payload that may lie in several pieces.</summary>
    public static DecodeFailure TryDecode(in ReadOnlySequence<byte> payload, Role sender, Role receiver, out Message? message)
    {
        if (payload.IsSingleSegment)
            return TryDecode(payload.First, sender, receiver, out message);
        var length = checked((int)payload.Length);
        var joined = ArrayPool<byte>.Shared.Rent(length);
        payload.CopyTo(joined);
        var failure = TryDecode(joined.AsMemory(0, length), sender, receiver, out message);
        ArrayPool<byte>.Shared.Return(joined);
        return failure;
    }

    /// <summary>
    /// The largest payload to wait for, given its beginning: the limit of the function that it names, 0 if nobody may send that function,
    /// or <see cref="MaxUnnamedPayload"/> while the name has not arrived or does not come first.
    /// </summary>
    /// <param name="start">As much of the payload as has arrived.</param>
    /// <param name="sender">Role of the peer.</param>
    /// <param name="receiver">Our role.</param>
    public static int PayloadLimit(ReadOnlySpan<byte> start, Role sender, Role receiver)
    {
        if (EnvelopeStart.TryReadName(start, out var name) is not { } isName)
            return MaxUnnamedPayload;
        return isName && Find(name) is { } definition && definition.MayPass(sender, receiver) ? definition.MaxPayload : 0;
    }

    /// <summary>The function that a payload, or the beginning of one, names first; null if it names none, or not first, or not
    /// completely.</summary>
    /// <param name="start">As much of the payload as there is.</param>
    public static MessageDefinition? FunctionOf(ReadOnlySpan<byte> start) =>
        EnvelopeStart.TryReadName(start, out var name) == true ? Find(name) : null;

    /// <summary>Decodes a payload that came in the given phase of a connection.</summary>
    internal static DecodeFailure TryDecode(
        ReadOnlyMemory<byte> payload, MessagePhase phase, Role? sender, Role receiver, out Message? message)
    {
        var reader = WireReader.Rent(payload);
        var failure = new EnvelopeReader(reader, payload, phase, sender, receiver).TryRead(out message);
        reader.Return();
        return failure;
    }

    /// <summary>Looks a name up without making a string of it.</summary>
    internal static MessageDefinition? Find(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[LongestName];
        return Ascii.ToUtf16(name, chars, out var length) == OperationStatus.Done
            && ByChars.TryGetValue(chars[..length], out var definition)
            ? definition
            : null;
    }
}
