using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages;

/// <summary>One type of value on the wire (PROTOCOL.md 3.1): how it is written, how its normal form is read, and how large it can
/// be.</summary>
internal abstract class ValueCodec<T>
{
    /// <summary>Bytes of the largest encoding that this codec reads.</summary>
    public abstract long MaxSize { get; }

    /// <summary>Bytes of the smallest encoding, as far as it matters for reserving memory.</summary>
    public virtual int MinSize => 1;

    /// <summary>Writes one item.</summary>
    public abstract void Write(CborWriter writer, T value);

    /// <summary>
    /// Reads one item. A wrong CBOR type sticks to the reader; anything else that is wrong goes to <paramref name="fault"/>, and the
    /// result is then of no use.
    /// </summary>
    public abstract T Read(WireReader reader, ref ValueFault fault);
}

/// <summary>What is wrong with a value, before it is known which field it belongs to.</summary>
internal readonly record struct ValueFault(DecodeFailureKind Kind, StreamableError Structure = StreamableError.None);
