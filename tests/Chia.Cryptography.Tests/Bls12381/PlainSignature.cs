using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Plain signatures (BLS.md 7), which blocks carry and nobody makes or verifies: for the published vectors.</summary>
internal static class PlainSignature
{
    extension(PrivateKey key)
    {
        public Bytes96 SignPlain(ReadOnlySpan<byte> message)
        {
            HashToG2.Map(out var point, new Bytes32(SHA256.HashData(message)));
            Assert.True(Scalar.TryRead(key.ToBytes(), out var scalar));
            ScalarMultiplication.Multiply(out G2Point product, in point, scalar);
            G2Point.ToAffine(out var affine, in product);
            return PointEncoding.Encode(in affine, 0);
        }
    }
}
