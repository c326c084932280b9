using System.Text;
using Chia.Protocol.Cbor;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages;

/// <summary>One reason why a payload was rejected, with what is needed to explain it. The default value means that nothing failed.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Name">The function or field that it is about; null where there is none. Made printable and short: it may come from the peer.</param>
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
