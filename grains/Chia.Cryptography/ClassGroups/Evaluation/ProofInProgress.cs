using System.Buffers.Binary;
using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>A requested proof whose segments become ready one by one.</summary>
internal sealed class ProofInProgress
{
    private readonly WesolowskiSegment[] _proved;
    private int _missing;

    public ProofInProgress(ulong iterations, ulong[] lengths)
    {
        Iterations = iterations;
        Segments = new SegmentTask[lengths.Length];
        _proved = new WesolowskiSegment[lengths.Length];
        _missing = lengths.Length;
        ulong from = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            Segments[i] = new SegmentTask(this, i, from, lengths[i]);
            from += lengths[i];
        }
    }

    public ulong Iterations { get; }

    public SegmentTask[] Segments { get; }

    /// <summary>Takes the proof of a segment; true for the one that was missing last.</summary>
    public bool Accept(int index, in WesolowskiSegment segment)
    {
        _proved[index] = segment;
        return Interlocked.Decrement(ref _missing) == 0;
    }

    /// <summary>Puts the finished proof into its wire form (VDF.md 7).</summary>
    public ProofOfTime Assemble(Bytes32 challenge, BigInteger discriminant)
    {
        var size = Witness.CoefficientSize(discriminant);
        var type = _proved.Length - 1;
        var witness = new byte[(2 * size) + (type * (sizeof(ulong) + (4 * size)))];
        var rest = witness.AsSpan();
        _proved[type].Proof.Serialize(rest, size);
        rest = rest[(2 * size)..];
        for (var i = type - 1; i >= 0; i--)
        {
            BinaryPrimitives.WriteUInt64BigEndian(rest, _proved[i].Iterations);
            _proved[i].End.Serialize(rest[sizeof(ulong)..], size);
            _proved[i].Proof.Serialize(rest[(sizeof(ulong) + (2 * size))..], size);
            rest = rest[(sizeof(ulong) + (4 * size))..];
        }

        var output = _proved[type].End;
        return new ProofOfTime(
            challenge,
            Iterations,
            new ClassgroupElement(Coefficient(output.A), Coefficient(output.B)),
            (byte)type,
            ByteString.Adopt(witness));
    }

    private static ByteString Coefficient(BigInteger value)
    {
        var bytes = new byte[ClassgroupElement.NumberSize];
        QuadraticForm.Write(value, bytes);
        return ByteString.Adopt(bytes);
    }
}
