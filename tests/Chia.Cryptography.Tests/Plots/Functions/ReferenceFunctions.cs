using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>
/// The slow twin of the plot functions: POSPACE.md 2 to 4 word for word, over strings of '0' and '1'.
/// Two AES rounds are written out on bytes; full AES comes from the platform.
/// </summary>
internal sealed class ReferenceFunctions(Bytes32 plotId, int k)
{
    private static readonly int[] Length = [0, 0, 1, 2, 4, 4, 3, 2];

    public static string Bits(UInt128 value, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => ((value >> (count - 1 - i)) & 1) == 1 ? '1' : '0'));

    public static UInt128 Value(string bits) => bits.Aggregate(UInt128.Zero, (v, c) => (v << 1) | (c == '1' ? 1u : 0u));

    public string F1(ulong x)
    {
        using var aes = Aes.Create();
        aes.Key = [1, .. plotId.Span[..31]];
        var first = (UInt128)x * (uint)k / 128;
        var stream = "";
        for (var i = 0u; i < 2; i++)
            stream += BytesToBits(aes.EncryptEcb(BitsToBytes(Bits(first + i, 128)), PaddingMode.None));
        var offset = (int)((UInt128)x * (uint)k % 128);
        return $"{stream.AsSpan(offset, k)}{(Bits(x, k) + "00000")[..5]}";
    }

    public (string Y, string Metadata) F(int t, string leftY, string left, string right)
    {
        var n = Length[t] * k;
        Assert.Equal(n, left.Length);
        Assert.Equal(n, right.Length);
        string c;
        if (2 * n <= 128)
            c = A2(t, left + right);
        else if (2 * n <= 256)
            c = A2(t, Xor(A2(t, left), Pad(right)));
        else if (2 * n <= 384)
            c = A2(t, Xor(Xor(A2(t, left[..128]), A2(t, right[..128])), A2(t, left[128..] + right[128..])));
        else
            c = A2(t, Xor(Xor(A2(t, Xor(A2(t, left[..128]), Pad(left[128..]))), A2(t, right[..128])), Pad(right[128..])));
        var metadata = t switch
        {
            2 or 3 => left + right,
            4 => Xor(left, right),
            5 => Xor(left, right)[..(3 * k)],
            6 => Xor(left, right)[..(2 * k)],
            _ => "",
        };
        return (Xor(c[..(k + 5)], leftY), metadata);
    }

    public static bool Matches(UInt128 leftY, UInt128 rightY)
    {
        const int b = 60, c = 509, bc = b * c;
        if ((leftY / bc) + 1 != rightY / bc)
            return false;
        int p = (int)(leftY / bc % 2), l = (int)(leftY % bc), r = (int)(rightY % bc);
        for (var m = 0; m < 32; m++)
        {
            if ((l / c + m) % b == r / c && ((l % c) + ((2 * m) + p) * ((2 * m) + p)) % c == r % c)
                return true;
        }

        return false;
    }

    /// <summary>The f7 value of 64 values in proof order, or null if they do not belong together.</summary>
    public UInt128? Evaluate(ulong[] values)
    {
        var entries = values.Select(x => (Y: F1(x), Metadata: Bits(x, k))).ToList();
        for (var t = 2; t <= 7; t++)
        {
            var next = new List<(string, string)>();
            for (var i = 0; i < entries.Count; i += 2)
            {
                if (!Matches(Value(entries[i].Y), Value(entries[i + 1].Y)))
                    return null;
                next.Add(F(t, entries[i].Y, entries[i].Metadata, entries[i + 1].Metadata));
            }

            entries = next;
        }

        return Value(entries[0].Y[..k]);
    }

    private string A2(int t, string block)
    {
        byte[] key = [(byte)t, .. plotId.Span[..15]];
        return BytesToBits(ReferenceAes.TwoRounds(key, BitsToBytes(Pad(block))));
    }

    private static string Pad(string bits) => bits.PadRight(128, '0');

    private static string Xor(string a, string b) => string.Concat(a.Zip(b, (x, y) => x == y ? '0' : '1'));

    private static byte[] BitsToBytes(string bits) =>
        [.. Enumerable.Range(0, bits.Length / 8).Select(i => (byte)Value(bits.Substring(8 * i, 8)))];

    private static string BytesToBits(byte[] bytes) => string.Concat(bytes.Select(b => Bits(b, 8)));
}
