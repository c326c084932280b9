namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>
/// The few operations on little-endian arrays of 64-bit limbs that are worth having natively. Implementations are
/// structs without state, so that code generic over them is specialised and the calls are direct.
/// </summary>
internal unsafe interface ILimbArithmetic
{
    /// <summary>What <see cref="ClassGroupBackend.Name"/> shows.</summary>
    static abstract string Name { get; }

    /// <summary>r[0..xn+yn) = x·y, with xn ≥ yn ≥ 1; r overlaps neither.</summary>
    static abstract void Multiply(ulong* r, ulong* x, int xn, ulong* y, int yn);

    /// <summary>r[0..2n) = x², n ≥ 1; r does not overlap x.</summary>
    static abstract void Square(ulong* r, ulong* x, int n);

    /// <summary>
    /// q[0..xn−dn+1) = ⌊x/d⌋, r[0..dn) = x mod d, with xn ≥ dn ≥ 1 and d[dn−1] ≠ 0. r may be x; no other overlap.
    /// </summary>
    static abstract void DivideWithRemainder(ulong* q, ulong* r, ulong* x, int xn, ulong* d, int dn);

    /// <summary>r[0..n) = base^e mod m for odd m > 1 of n limbs with m[n−1] ≠ 0, and e of en limbs, e[en−1] ≠ 0.</summary>
    static abstract void PowerModulo(ulong* r, uint @base, ulong* e, int en, ulong* m, int n);
}
