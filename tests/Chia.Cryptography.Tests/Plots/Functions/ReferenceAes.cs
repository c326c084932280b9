namespace Chia.Cryptography.Tests.Plots;

/// <summary>Two rounds of AES-128 on a 4 × 4 byte matrix, with field arithmetic in place of tables (FIPS-197).</summary>
internal static class ReferenceAes
{
    public static byte[] TwoRounds(byte[] key, byte[] block)
    {
        var words = new List<byte[]>();
        for (var i = 0; i < 4; i++)
            words.Add(key[(4 * i)..((4 * i) + 4)]);
        for (var i = 4; i < 12; i++)
        {
            var w = words[i - 1];
            if (i % 4 == 0)
                w = [(byte)(SubByte(w[1]) ^ (i / 4)), SubByte(w[2]), SubByte(w[3]), SubByte(w[0])];
            words.Add([.. w.Zip(words[i - 4], (a, b) => (byte)(a ^ b))]);
        }

        var roundKeys = Enumerable.Range(0, 3).Select(r => words.Skip(4 * r).Take(4).SelectMany(w => w).ToArray()).ToArray();
        var state = Xor(block, roundKeys[0]);
        for (var round = 1; round <= 2; round++)
            state = Xor(MixColumns(ShiftRows([.. state.Select(SubByte)])), roundKeys[round]);
        return state;
    }

    private static byte[] Xor(byte[] a, byte[] b) => [.. a.Zip(b, (x, y) => (byte)(x ^ y))];

    // Byte r + 4c is row r, column c; row r moves r places to the left.
    private static byte[] ShiftRows(byte[] s) => [.. Enumerable.Range(0, 16).Select(i => s[(i + (4 * (i % 4))) % 16])];

    private static byte[] MixColumns(byte[] s) => [.. Enumerable.Range(0, 16).Select(i =>
    {
        byte At(int row) => s[(4 * (i / 4)) + ((i + row) % 4)];
        return (byte)(Multiply(At(0), 2) ^ Multiply(At(1), 3) ^ At(2) ^ At(3));
    })];

    private static byte SubByte(byte value)
    {
        var inverse = (byte)0;
        for (var candidate = 1; candidate < 256 && value != 0; candidate++)
        {
            if (Multiply(value, (byte)candidate) == 1)
                inverse = (byte)candidate;
        }

        var result = 0x63;
        for (var i = 0; i < 5; i++)
            result ^= ((inverse << i) | (inverse >> (8 - i))) & 0xff;
        return (byte)result;
    }

    private static byte Multiply(byte a, byte b)
    {
        int product = 0, x = a;
        for (var i = 0; i < 8; i++)
        {
            if ((b >> i & 1) == 1)
                product ^= x;
            x <<= 1;
            if (x > 255)
                x ^= 0x11b;
        }

        return (byte)product;
    }
}
