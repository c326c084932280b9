using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Chia.Cryptography.Plots;

namespace Chia.Cryptography.Tests.Plots;

public class AesTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Vectors_of_both_ciphers(bool software)
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("aes"))
        {
            var key = vector.Bytes("key");
            var full = key.Length == 32;
            var keys = new Vector128<byte>[full ? AesRounds.FullKeys : AesRounds.ShortKeys];
            AesRounds.ExpandKey(key, keys);
            var block = Vector128.Create<byte>(vector.Bytes("block"));
            var result = full ? AesRounds.EncryptFull(keys, block, software) : AesRounds.EncryptShort(keys, block, software);
            Assert.Equal(Vector128.Create<byte>(vector.Bytes("out")), result);
            seen++;
        }

        Assert.Equal(8, seen);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Full_cipher_agrees_with_the_platform(bool software)
    {
        var random = new Random(1);
        var keys = new Vector128<byte>[AesRounds.FullKeys];
        byte[] key = new byte[32], block = new byte[16];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(key);
            random.NextBytes(block);
            using var aes = System.Security.Cryptography.Aes.Create();
            aes.Key = key;
            AesRounds.ExpandKey(key, keys);
            Assert.Equal(
                Vector128.Create<byte>(aes.EncryptEcb(block, PaddingMode.None)),
                AesRounds.EncryptFull(keys, Vector128.Create<byte>(block), software));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Two_rounds_agree_with_the_slow_twin(bool software)
    {
        var random = new Random(2);
        var keys = new Vector128<byte>[AesRounds.ShortKeys];
        byte[] key = new byte[16], block = new byte[16];
        for (var i = 0; i < 50; i++)
        {
            random.NextBytes(key);
            random.NextBytes(block);
            AesRounds.ExpandKey(key, keys);
            Assert.Equal(
                Vector128.Create<byte>(ReferenceAes.TwoRounds(key, block)),
                AesRounds.EncryptShort(keys, Vector128.Create<byte>(block), software));
        }
    }

    [Fact]
    public void Software_rounds_agree_with_the_processor()
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Aes.IsSupported, "no AES instructions here: the software path is the only one");
        var random = new Random(3);
        byte[] key = new byte[16], block = new byte[16];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(key);
            random.NextBytes(block);
            Vector128<byte> k = Vector128.Create<byte>(key), b = Vector128.Create<byte>(block);
            Assert.Equal(System.Runtime.Intrinsics.X86.Aes.Encrypt(b, k), SoftwareAes.Round(b, k));
            Assert.Equal(System.Runtime.Intrinsics.X86.Aes.EncryptLast(b, k), SoftwareAes.LastRound(b, k));
        }
    }
}
