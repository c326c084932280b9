using System.Formats.Cbor;
using System.Numerics;
using Chia.Protocol.Cbor;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>uint8 … uint64: a CBOR unsigned integer below 2^N.</summary>
internal sealed class UnsignedCodec<T> : ValueCodec<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>, IUnsignedNumber<T>
{
    public override long MaxSize { get; } = CborSize.OfHead(ulong.CreateChecked(T.MaxValue));

    public override void Write(CborWriter writer, T value) => writer.WriteUInt64(ulong.CreateTruncating(value));

    public override T Read(WireReader reader, ref ValueFault fault)
    {
        var value = reader.ReadUnsigned();
        if (value > ulong.CreateTruncating(T.MaxValue))
            fault = new ValueFault(DecodeFailureKind.OutOfRange);
        return T.CreateTruncating(value);
    }
}

/// <summary>A role: a CBOR unsigned integer from 1 to 5.</summary>
internal sealed class RoleCodec : ValueCodec<Role>
{
    public override long MaxSize => 1;

    public override void Write(CborWriter writer, Role value) => writer.WriteUInt64((ulong)value);

    public override Role Read(WireReader reader, ref ValueFault fault)
    {
        var value = reader.ReadUnsigned();
        if (value is >= (ulong)Role.FullNode and <= (ulong)Role.Introducer)
            return (Role)value;
        fault = new ValueFault(DecodeFailureKind.OutOfRange);
        return Role.None;
    }
}
