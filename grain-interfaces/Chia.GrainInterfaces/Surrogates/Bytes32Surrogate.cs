namespace Chia.GrainInterfaces.Surrogates;

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
