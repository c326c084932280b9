using System.Numerics;
using Chia.Cryptography.ClassGroups;

namespace Chia.Cryptography.Tests.ClassGroups;

public class DiscriminantTests
{
    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Challenges_give_the_references_discriminants(string backend)
    {
        foreach (var vector in VdfVectors.List("create_discriminant"))
        {
            var (seed, bits) = (Convert.FromHexString(vector.Text("seed")), vector.GetProperty("bits").GetInt32());
            var created = Discriminant.Create(seed, bits, 1, Backends.Parse(backend));
            Assert.Equal(vector.Number("discriminant"), created);
            foreach (var vectors in StrongTestVectors.Kinds.Where(kind => kind.IsSupported).Append(null))
                Assert.Equal(created, Discriminant.Create(seed, bits, 1, Backends.Parse(backend), vectors));
            Assert.Equal(vector.GetProperty("bit_length").GetInt32(), (int)BigInteger.Abs(created).GetBitLength());
        }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Several_threads_find_the_same_prime(string backend)
    {
        foreach (var vector in VdfVectors.List("create_discriminant").Where(v => v.GetProperty("bits").GetInt32() <= 1024).Take(12))
        {
            var created = Discriminant.Create(
                Convert.FromHexString(vector.Text("seed")), vector.GetProperty("bits").GetInt32(), 3, Backends.Parse(backend));
            Assert.Equal(vector.Number("discriminant"), created);
        }
    }

    [Fact]
    public void The_public_method_uses_the_default_backend()
    {
        var vector = VdfVectors.List("create_discriminant").First();
        Assert.Equal(
            vector.Number("discriminant"),
            Discriminant.Create(Convert.FromHexString(vector.Text("seed")), vector.GetProperty("bits").GetInt32()));
        Assert.Matches("^(libgmp [0-9.]+|managed)$", ClassGroupBackend.Name);
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(4097, 1)]
    [InlineData(1024, 0)]
    public void Lengths_and_threads_out_of_range_are_refused(int bits, int parallelism) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Discriminant.Create(new byte[32], bits, parallelism));
}
