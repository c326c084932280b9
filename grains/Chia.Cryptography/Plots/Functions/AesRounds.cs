using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Plots;

/// <summary>The two ciphers of POSPACE.md 2.1 over expanded keys, with AES instructions or without.</summary>
internal static class AesRounds
{
    /// <summary>Round keys of AES-256.</summary>
    public const int FullKeys = 15;

    /// <summary>Round keys of AES-128 that two rounds need.</summary>
    public const int ShortKeys = 3;

    /// <summary>The key schedule (FIPS-197 5.2), as many round keys as there is room for.</summary>
    /// <param name="key">16 or 32 bytes.</param>
    /// <param name="roundKeys">Receives the round keys.</param>
    public static void ExpandKey(ReadOnlySpan<byte> key, Span<Vector128<byte>> roundKeys)
    {
        Span<uint> words = stackalloc uint[4 * roundKeys.Length];
        var keyWords = key.Length / 4;
        for (var i = 0; i < keyWords && i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(key[(4 * i)..]);
        uint roundConstant = 1;
        for (var i = keyWords; i < words.Length; i++)
        {
            var word = words[i - 1];
            if (i % keyWords == 0)
            {
                word = SoftwareAes.SubstituteWord(uint.RotateLeft(word, 8)) ^ (roundConstant << 24);
                roundConstant <<= 1; // seven at most: never a wrap in GF(2^8)
            }
            else if (keyWords > 6 && i % keyWords == 4)
            {
                word = SoftwareAes.SubstituteWord(word);
            }

            words[i] = words[i - keyWords] ^ word;
        }

        var bytes = MemoryMarshal.AsBytes(roundKeys);
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(4 * i)..], words[i]);
    }

    /// <summary>A256: ordinary AES-256 of one block.</summary>
    public static Vector128<byte> EncryptFull(ReadOnlySpan<Vector128<byte>> keys, Vector128<byte> block, bool software)
    {
        var state = block ^ keys[0];
        if (!software && Aes.IsSupported)
        {
            for (var i = 1; i < FullKeys - 1; i++)
                state = Aes.Encrypt(state, keys[i]);
            return Aes.EncryptLast(state, keys[FullKeys - 1]);
        }

        for (var i = 1; i < FullKeys - 1; i++)
            state = SoftwareAes.Round(state, keys[i]);
        return SoftwareAes.LastRound(state, keys[FullKeys - 1]);
    }

    /// <summary>A2: two full rounds; MixColumns is in both, there is no special last round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> EncryptShort(ReadOnlySpan<Vector128<byte>> keys, Vector128<byte> block, bool software)
    {
        var state = block ^ keys[0];
        return !software && Aes.IsSupported
            ? Aes.Encrypt(Aes.Encrypt(state, keys[1]), keys[2])
            : SoftwareAes.Round(SoftwareAes.Round(state, keys[1]), keys[2]);
    }
}
