using System.Numerics;

namespace Chia.Cryptography.ClassGroups;

/// <summary>The claim start^(2^Iterations) = end with its proof (VDF.md 6); all forms are reduced.</summary>
internal readonly record struct WesolowskiSegment(QuadraticForm Start, QuadraticForm End, QuadraticForm Proof, ulong Iterations);
