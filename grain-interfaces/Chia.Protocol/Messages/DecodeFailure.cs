using System.Text;
using Chia.Protocol.Cbor;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages;

/// <summary>One reason why a payload was rejected, with what is needed to explain it. The default value means that nothing
/// failed.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Name">The function or field that it is about; null where there is none. Made printable and short: it may come from the
/// peer.</param>
/// <param name="Cbor">Detail of <see cref="DecodeFailureKind.NotCbor"/>.</param>
/// <param name="Structure">Detail of <see cref="DecodeFailureKind.BadStructure"/>.</param>
public readonly record struct DecodeFailure(
    DecodeFailureKind Kind,
    string? Name = null,
    CborError Cbor = CborError.None,
    StreamableError Structure = StreamableError.None)
{
    /// <summary>Characters of a peer's name that are kept: the longest name of the protocol has 25.</summary>
    private const int MaxNameLength = 40;

    /// <summary>True if something failed.</summary>
    public bool Failed => Kind != DecodeFailureKind.None;

    /// <summary>One line for a log.</summary>
    public override string ToString() => Kind switch
    {
        DecodeFailureKind.None => "decoded",
        DecodeFailureKind.NotCbor => $"not CBOR as the protocol takes it: {Cbor}",
        DecodeFailureKind.BadStructure => $"{Kind}: {Name}: {Structure}",
        _ => Name is null ? Kind.ToString() : $"{Kind}: {Name}",
    };

    /// <summary>A name that a peer sent, fit for a log: ASCII, no control characters, of bounded length.</summary>
    internal static string Printable(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder(MaxNameLength + 1);
        foreach (var c in utf8[..Math.Min(utf8.Length, MaxNameLength)])
            text.Append(c is >= 0x20 and < 0x7f ? (char)c : '?');
        if (utf8.Length > MaxNameLength)
            text.Append('…');
        return text.ToString();
    }
}

/// <summary>Why a payload is not a message that this sender may send us. Exactly one reason is reported: the first.</summary>
public enum DecodeFailureKind
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not CBOR, or not its normal form; <see cref="DecodeFailure.Cbor"/> says why.</summary>
    NotCbor,

    /// <summary>The payload is CBOR, but not a map.</summary>
    NotAMap,

    /// <summary>The envelope has no key <c>f</c>.</summary>
    MissingFunction,

    /// <summary>The envelope has no key <c>d</c>.</summary>
    MissingData,

    /// <summary>The envelope has a key beside <c>f</c> and <c>d</c>. The reference ignores it, but no peer writes one.</summary>
    UnknownEnvelopeKey,

    /// <summary><c>f</c> or <c>d</c> twice.</summary>
    DuplicateEnvelopeKey,

    /// <summary><c>f</c> is not text.</summary>
    FunctionNotText,

    /// <summary>No message has this name.</summary>
    UnknownFunction,

    /// <summary>The message exists, but a peer of this role may not send it to ours (PROTOCOL.md 8, 11.2; DECISIONS 8).</summary>
    NotAllowedFromRole,

    /// <summary>A handshake message on an established connection, or any other message before that (PROTOCOL.md 8.1).</summary>
    WrongPhase,

    /// <summary>The payload is larger than any honest message of this name.</summary>
    TooLarge,

    /// <summary><c>d</c> is not a map.</summary>
    DataNotAMap,

    /// <summary>A field is missing.</summary>
    MissingField,

    /// <summary><c>d</c> has a key that is no field.</summary>
    UnknownField,

    /// <summary>A field is there twice.</summary>
    DuplicateField,

    /// <summary>A field's value, or an item of its list, has another CBOR type.</summary>
    WrongType,

    /// <summary>An integer is too large for its field, or is no node type.</summary>
    OutOfRange,

    /// <summary>A byte string or text is not as long as its field, or longer than any valid one.</summary>
    WrongLength,

    /// <summary>A list is longer than any honest one.</summary>
    TooManyItems,

    /// <summary>A byte string is not the structure of its field; <see cref="DecodeFailure.Structure"/> says why.</summary>
    BadStructure,
}
