namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>Pinned memory from which the numbers of one computation are cut; it lives as long as any of them.</summary>
internal sealed unsafe class LimbArena
{
    private readonly ulong[] _limbs;
    private int _used;

    /// <param name="limbs">Limbs available in all.</param>
    public LimbArena(int limbs) => _limbs = GC.AllocateArray<ulong>(limbs, pinned: true);

    /// <summary>Takes the next <paramref name="limbs"/> limbs.</summary>
    public ulong* Take(int limbs)
    {
        if (limbs > _limbs.Length - _used)
            throw new InvalidOperationException("the arena was sized too small");
        fixed (ulong* start = _limbs)
        {
            var taken = start + _used;
            _used += limbs;
            return taken;
        }
    }
}
