global using G1Affine = Chia.Cryptography.Bls12381.AffinePoint<Chia.Cryptography.Bls12381.Fq>;
global using G1Point = Chia.Cryptography.Bls12381.JacobianPoint<Chia.Cryptography.Bls12381.Fq>;
global using G2Affine = Chia.Cryptography.Bls12381.AffinePoint<Chia.Cryptography.Bls12381.Fq2>;
global using G2Point = Chia.Cryptography.Bls12381.JacobianPoint<Chia.Cryptography.Bls12381.Fq2>;
using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>The two curves (BLS.md 2): E: y² = x³ + 4 over Fq, and E′: y² = x³ + 4 + 4u over Fq2.</summary>
internal static class Curves
{
    private const string Four = "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004";

    public static readonly Fq G1Constant = Fq.FromHex(Four);

    public static readonly Fq2 G2Constant = Fq2.FromHex(Four, Four);

    public static readonly G1Affine G1Generator = new()
    {
        X = Fq.FromHex("17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"),
        Y = Fq.FromHex("08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1"),
    };

    public static readonly G2Affine G2Generator = new()
    {
        X = Fq2.FromHex(
            "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
            "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"),
        Y = Fq2.FromHex(
            "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801",
            "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be"),
    };
}

internal partial struct Fq : IField<Fq>
{
    static Fq IField<Fq>.One => One;

    static Fq IField<Fq>.CurveConstant => Curves.G1Constant;

    static G1Affine IField<Fq>.Generator => Curves.G1Generator;

    /// <summary>A square takes an element in stored form, which a sum without carries is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IField<Fq>.AddFactor(out Fq r, in Fq x, in Fq y) => Add(out r, in x, in y);

    /// <summary>The same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IField<Fq>.SubtractFactor(out Fq r, in Fq x, in Fq y) => Subtract(out r, in x, in y);
}

internal partial struct Fq2 : IField<Fq2>
{
    static Fq2 IField<Fq2>.One => One;

    static Fq2 IField<Fq2>.CurveConstant => Curves.G2Constant;

    static G2Affine IField<Fq2>.Generator => Curves.G2Generator;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IField<Fq2>.AddFactor(out Fq2 r, in Fq2 x, in Fq2 y) => AddLoose(out r, in x, in y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IField<Fq2>.SubtractFactor(out Fq2 r, in Fq2 x, in Fq2 y) => SubtractLoose(out r, in x, in y);
}
