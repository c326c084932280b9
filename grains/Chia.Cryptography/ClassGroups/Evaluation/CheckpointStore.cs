using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>
/// The forms x^(2^(i·Spacing)), i = 0, 1, …, of one evaluation: 2·8 + 1 limbs = 136 bytes each at 1024 bits (c follows from
/// a and b). One thread appends while others read what was appended before.
/// </summary>
internal sealed unsafe class CheckpointStore
{
    private const int ChunkSize = 256;
    private readonly int _coefficientLimbs;
    private readonly ulong[]?[] _chunks;
    private readonly int _maximum;
    private int _count;

    /// <param name="discriminantBits">Length of the discriminant.</param>
    /// <param name="spacing">Iterations from one checkpoint to the next.</param>
    /// <param name="maximum">Checkpoints that may be appended.</param>
    public CheckpointStore(int discriminantBits, int spacing, int maximum)
    {
        // Reduced forms have |b| ≤ a < √|D|.
        _coefficientLimbs = ((discriminantBits + 1) / 2 + 63) / 64;
        _maximum = maximum;
        _chunks = new ulong[]?[(maximum + ChunkSize - 1) / ChunkSize];
        Spacing = spacing;
    }

    /// <summary>Iterations between checkpoints.</summary>
    public int Spacing { get; }

    /// <summary>Checkpoints that can be read.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>No more can be appended: go on with a <see cref="Thinned"/> store.</summary>
    public bool IsFull => _count == _maximum;

    private int RecordLimbs => (2 * _coefficientLimbs) + 1;

    /// <summary>Appends the form of the next multiple of <see cref="Spacing"/>.</summary>
    public void Append(Form form)
    {
        if (_count % ChunkSize == 0)
            _chunks[_count / ChunkSize] = new ulong[ChunkSize * RecordLimbs];
        var record = Record(_count);
        new ReadOnlySpan<ulong>(form.A.Limbs, form.A.Length).CopyTo(record);
        new ReadOnlySpan<ulong>(form.B.Limbs, form.B.Length).CopyTo(record[_coefficientLimbs..]);
        record[^1] = form.B.Negative ? 1UL : 0;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Reads a and b of checkpoint <paramref name="index"/> and lets the group add c.</summary>
    public void Load<T>(int index, Form form, ClassGroup<T> group)
        where T : struct, ILimbArithmetic
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var record = Record(index);
        record[.._coefficientLimbs].CopyTo(new Span<ulong>(form.A.Limbs, _coefficientLimbs));
        form.A.SetLength(_coefficientLimbs, false);
        record[_coefficientLimbs..^1].CopyTo(new Span<ulong>(form.B.Limbs, _coefficientLimbs));
        form.B.SetLength(_coefficientLimbs, record[^1] != 0);
        group.CompleteC(form);
    }

    /// <summary>A copy with every other checkpoint and twice the spacing. The count must be odd: the last one is kept.</summary>
    public CheckpointStore Thinned(int discriminantBits)
    {
        var thinned = new CheckpointStore(discriminantBits, 2 * Spacing, _maximum);
        for (var i = 0; i < _count; i += 2)
        {
            if (thinned._count % ChunkSize == 0)
                thinned._chunks[thinned._count / ChunkSize] = new ulong[ChunkSize * RecordLimbs];
            Record(i).CopyTo(thinned.Record(thinned._count));
            thinned._count++;
        }

        return thinned;
    }

    private Span<ulong> Record(int index) =>
        _chunks[index / ChunkSize].AsSpan(index % ChunkSize * RecordLimbs, RecordLimbs);
}
