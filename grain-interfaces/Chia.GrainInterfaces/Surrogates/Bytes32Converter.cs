using System.Buffers.Binary;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Surrogates;

/// <summary>Lets <see cref="Bytes32"/> cross processes; the protocol itself knows no serializer but its own.</summary>
[RegisterConverter]
internal sealed class Bytes32Converter : IConverter<Bytes32, Bytes32Surrogate>
{
    private const int Half = Bytes32.Size / 2;

    public Bytes32 ConvertFromSurrogate(in Bytes32Surrogate surrogate)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, surrogate.First);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[Half..], surrogate.Last);
        return new Bytes32(bytes);
    }

    public Bytes32Surrogate ConvertToSurrogate(in Bytes32 value) => new()
    {
        First = BinaryPrimitives.ReadUInt128BigEndian(value.Span),
        Last = BinaryPrimitives.ReadUInt128BigEndian(value.Span[Half..]),
    };
}

/// <summary>32 bytes as the Orleans serializer writes them: two big-endian halves, 16 bytes each, without an allocation.</summary>
[GenerateSerializer, Immutable, Alias("chia.Bytes32")]
internal struct Bytes32Surrogate
{
    /// <summary>Bytes 0 to 15.</summary>
    [Id(0)]
    public UInt128 First;

    /// <summary>Bytes 16 to 31.</summary>
    [Id(1)]
    public UInt128 Last;
}
