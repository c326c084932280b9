using System.Numerics;
using System.Runtime.InteropServices;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Aligned memory for elements, and what they stand for as plain numbers.</summary>
internal sealed unsafe class LaneMemory : IDisposable
{
    private byte* _memory;
    private nuint _used;

    public LaneMemory()
    {
        Assert.SkipUnless(FqLanes.IsSupported, "no AVX-512 here: the scalar path is the only one");
        _memory = (byte*)NativeMemory.AlignedAlloc(Size, FqLanes.Alignment);
        NativeMemory.Clear(_memory, Size);
    }

    private const nuint Size = 1 << 18;

    public T* Take<T>()
        where T : unmanaged
    {
        var place = (T*)(_memory + _used);
        _used += (nuint)sizeof(T);
        Assert.True(_used <= Size);
        return place;
    }

    /// <summary>An element in Montgomery form, a number for each lane.</summary>
    public FqLanes* Of(BigInteger[] values)
    {
        var r = Take<FqLanes>();
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
            FqLanes.Put(r, lane, SlowField.Mod(values[lane] * FqLanes.R));
        return r;
    }

    public Fq2Lanes* Of(SlowFq2[] values)
    {
        var r = Take<Fq2Lanes>();
        FqLanes.Copy(&r->C0, Of([.. values.Select(v => v.C0)]));
        FqLanes.Copy(&r->C1, Of([.. values.Select(v => v.C1)]));
        return r;
    }

    /// <summary>The limbs' own value, whatever their size, modulo q.</summary>
    public static BigInteger Raw(FqLanes* x, int lane)
    {
        var value = BigInteger.Zero;
        for (var limb = FqLanes.Limbs - 1; limb >= 0; limb--)
            value = (value << FqLanes.Bits) + new BigInteger(((double*)x)[(FqLanes.Lanes * limb) + lane]);
        return SlowField.Mod(value);
    }

    /// <summary>The number that a lane stands for.</summary>
    public static BigInteger Value(FqLanes* x, int lane) => SlowField.Mod(Raw(x, lane) * SlowField.Inverse(FqLanes.R));

    public static SlowFq2 Value(Fq2Lanes* x, int lane) => new(Value(&x->C0, lane), Value(&x->C1, lane));

    public static void IsTight(FqLanes* x)
    {
        for (var i = 0; i < FqLanes.Length; i++)
            Assert.InRange(((double*)x)[i], -(double)((1L << 49) + 256), (1L << 49) + 256);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
