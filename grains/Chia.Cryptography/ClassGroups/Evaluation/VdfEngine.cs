using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>What an evaluation calculates with, behind the choice of limb arithmetic.</summary>
internal abstract class VdfEngine
{
    public static VdfEngine Create(BigInteger discriminant, LimbBackend backend) => backend == LimbBackend.Gmp
        ? new Engine<GmpLimbs>(discriminant)
        : new Engine<ManagedLimbs>(discriminant);

    /// <summary>Squares the current form, at first the generator, so many times.</summary>
    public abstract void Advance(int squarings);

    /// <summary>Appends the current form to the store.</summary>
    public abstract void Save(CheckpointStore store);

    /// <summary>A prover for one thread: the method that proves (store, from, iterations).</summary>
    public abstract Func<CheckpointStore, ulong, ulong, CancellationToken, WesolowskiSegment> NewProver();

    private sealed class Engine<T> : VdfEngine
        where T : struct, ILimbArithmetic
    {
        private readonly ClassGroup<T> _group;
        private readonly Form _current;

        public Engine(BigInteger discriminant)
        {
            _group = new ClassGroup<T>(discriminant);
            _current = _group.NewForm(QuadraticForm.Generator(discriminant).Reduce());
        }

        public override void Advance(int squarings)
        {
            for (; squarings > 0; squarings--)
                _group.Square(_current, _current);
        }

        public override void Save(CheckpointStore store) => store.Append(_current);

        public override Func<CheckpointStore, ulong, ulong, CancellationToken, WesolowskiSegment> NewProver() =>
            new SegmentProver<T>(_group.Discriminant).Prove;
    }
}
