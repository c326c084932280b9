global using G1Affine = Chia.Cryptography.Bls12381.AffinePoint<Chia.Cryptography.Bls12381.Fq>;
global using G1Point = Chia.Cryptography.Bls12381.JacobianPoint<Chia.Cryptography.Bls12381.Fq>;
global using G2Affine = Chia.Cryptography.Bls12381.AffinePoint<Chia.Cryptography.Bls12381.Fq2>;
global using G2Point = Chia.Cryptography.Bls12381.JacobianPoint<Chia.Cryptography.Bls12381.Fq2>;
