using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Plots;

/// <summary>
/// The AES round for processors without AES instructions: one table look-up per byte (FIPS-197).
/// Timing that depends on the data is no concern here: plot ids, challenges and proofs are public.
/// </summary>
internal static class SoftwareAes
{
    // SubBytes and the first column of MixColumns in one: (2s, s, s, 3s) as a little-endian word, the other columns by rotation.
    private static readonly uint[] MixedSubstitutions = new uint[256];
    private static readonly byte[] Substitutions = new byte[256];

    static SoftwareAes()
    {
        // The S-box is the inverse in GF(2^8) and an affine map; p runs through powers of 3, q through those of its inverse.
        byte p = 1, q = 1;
        do
        {
            p = (byte)(p ^ Double(p));
            q ^= (byte)(q << 1);
            q ^= (byte)(q << 2);
            q ^= (byte)(q << 4);
            q ^= (byte)((q & 0x80) != 0 ? 0x09 : 0);
            Substitutions[p] = (byte)(q ^ Rotate(q, 1) ^ Rotate(q, 2) ^ Rotate(q, 3) ^ Rotate(q, 4) ^ 0x63);
        }
        while (p != 1);
        Substitutions[0] = 0x63;

        for (var i = 0; i < 256; i++)
        {
            var s = Substitutions[i];
            var twice = Double(s);
            MixedSubstitutions[i] = twice | ((uint)s << 8) | ((uint)s << 16) | ((uint)(byte)(twice ^ s) << 24);
        }
    }

    /// <summary>SubBytes, ShiftRows, MixColumns, AddRoundKey.</summary>
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> roundKey)
    {
        var words = state.AsUInt32();
        uint a = words[0], b = words[1], c = words[2], d = words[3];
        var key = roundKey.AsUInt32();
        return Vector128.Create(
            Column(a, b, c, d) ^ key[0], Column(b, c, d, a) ^ key[1], Column(c, d, a, b) ^ key[2], Column(d, a, b, c) ^ key[3]).AsByte();
    }

    /// <summary>The last round of a full AES: no MixColumns.</summary>
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> roundKey)
    {
        Span<byte> source = stackalloc byte[16];
        Span<byte> result = stackalloc byte[16];
        state.CopyTo(source);
        for (var i = 0; i < 16; i++)
            result[i] = Substitutions[source[(i + (4 * (i & 3))) & 15]];
        return Vector128.Create<byte>(result) ^ roundKey;
    }

    /// <summary>SubBytes of the four bytes of a big-endian word, for the key schedule.</summary>
    public static uint SubstituteWord(uint word)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, word);
        for (var i = 0; i < 4; i++)
            bytes[i] = Substitutions[bytes[i]];
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Column(uint first, uint second, uint third, uint fourth)
    {
        var table = MixedSubstitutions;
        return table[(byte)first]
            ^ uint.RotateLeft(table[(byte)(second >> 8)], 8)
            ^ uint.RotateLeft(table[(byte)(third >> 16)], 16)
            ^ uint.RotateLeft(table[fourth >> 24], 24);
    }

    private static byte Double(byte value) => (byte)((value << 1) ^ ((value & 0x80) != 0 ? 0x1b : 0));

    private static byte Rotate(byte value, int bits) => (byte)((value << bits) | (value >> (8 - bits)));
}
