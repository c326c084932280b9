using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.DeadEnds;

/// <summary>A plot without entries: how many proofs it has for a challenge is a Poisson number that depends on the two alone.</summary>
/// <param name="number">Which plot of the network.</param>
/// <param name="mean">Proofs per challenge, on average.</param>
/// <param name="poolKey">Its pool.</param>
/// <param name="seed">Another network's plots answer otherwise.</param>
internal sealed class PoissonPlot(int number, double mean, Bytes48 poolKey, int seed)
{
    public const byte Size = 19;

    private const int ProofBytesPerSize = 8;

    /// <summary>All proofs for a challenge.</summary>
    public IEnumerable<ProofOfSpace> Proofs(Bytes32 challenge)
    {
        for (var index = 0; index < Count(challenge); index++)
        {
            var proof = new byte[ProofBytesPerSize * Size];
            Hash(challenge, index + 1).CopyTo(proof, 0);
            yield return new ProofOfSpace(
                challenge, poolKey, new Bytes48([.. Hash(default, -1), .. new byte[16]]), Size, ByteString.Copy(proof));
        }
    }

    private int Count(Bytes32 challenge)
    {
        var chance = BitConverter.ToUInt32(Hash(challenge, 0)) / (uint.MaxValue + 1.0);
        var probability = Math.Exp(-mean);
        var count = 0;
        for (var sum = probability; chance >= sum && count < 100; sum += probability)
            probability *= mean / ++count;
        return count;
    }

    private byte[] Hash(Bytes32 challenge, int index) =>
        SHA256.HashData(
            [.. challenge.Span, .. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(number), .. BitConverter.GetBytes(index)]);
}
