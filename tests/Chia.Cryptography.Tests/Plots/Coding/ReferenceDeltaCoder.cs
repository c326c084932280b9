namespace Chia.Cryptography.Tests.Plots;

/// <summary>The slow twin of the entropy coder: POSPACE.md 7 with lists and strings of '0' and '1'.</summary>
internal sealed class ReferenceDeltaCoder
{
    private const int S = 16384;
    private readonly int[] _counts;
    private readonly int[] _cells = new int[S];

    public ReferenceDeltaCoder(IReadOnlyList<int> counts, int lowSymbols)
    {
        _counts = [.. counts, .. Enumerable.Repeat(1, lowSymbols)];
        var high = S - 1;
        for (var s = counts.Count; s < _counts.Length; s++)
            _cells[high--] = s;
        var position = 0;
        for (var s = 0; s < counts.Count; s++)
        {
            for (var i = 0; i < counts[s]; i++)
            {
                _cells[position] = s;
                position = (position + 10243) % S;
                while (position > high)
                    position = (position + 10243) % S;
            }
        }

        Assert.Equal(0, position);
    }

    public byte[] Encode(byte[] symbols)
    {
        var n = symbols.Length;
        if (n <= 2)
            return [];
        var stream = ""; // most significant bit first: what is emitted goes to the front
        int Start(int s) => S + Array.IndexOf(_cells, s);
        int Step(int state, int s)
        {
            var bits = 0;
            while (state >> bits >= 2 * _counts[s])
                bits++;
            stream = Bits(state, bits) + stream;
            return S + Cell(s, (state >> bits) - _counts[s]);
        }

        // states[0] carries even indices, states[1] odd ones.
        var states = new int[2];
        states[(n - 1) % 2] = Start(symbols[n - 1]);
        states[(n - 2) % 2] = Start(symbols[n - 2]);
        for (var i = n - 3; i >= 0; i--)
            states[i % 2] = Step(states[i % 2], symbols[i]);
        stream = "1" + Bits(states[0] - S, 14) + Bits(states[1] - S, 14) + stream;
        stream = stream.PadLeft((stream.Length + 7) / 8 * 8, '0');
        return [.. stream.Chunk(8).Select(b => Convert.ToByte(new string(b), 2)).Reverse()];
    }

    public byte[] Decode(byte[] stream)
    {
        var bits = string.Concat(stream.Reverse().Select(b => Convert.ToString(b, 2).PadLeft(8, '0'))).TrimStart('0')[1..];
        string Take(int n)
        {
            var head = bits[..n];
            bits = bits[n..];
            return head;
        }

        var states = new[] { Convert.ToInt32(Take(14), 2), Convert.ToInt32(Take(14), 2) };
        var output = new List<byte>();
        for (var turn = 0; ; turn ^= 1)
        {
            var s = _cells[states[turn]];
            output.Add((byte)s);
            var z = _counts[s] + _cells.Take(states[turn]).Count(c => c == s);
            var need = 14 - (int)Math.Log2(z);
            if (need > bits.Length)
            {
                output.Add((byte)_cells[states[turn ^ 1]]);
                return [.. output];
            }

            states[turn] = (z << need) - S + (need == 0 ? 0 : Convert.ToInt32(Take(need), 2));
        }
    }

    private int Cell(int symbol, int number) => Enumerable.Range(0, S).Where(u => _cells[u] == symbol).ElementAt(number);

    private static string Bits(int value, int count) =>
        count == 0 ? "" : Convert.ToString(value & ((1 << count) - 1), 2).PadLeft(count, '0');
}
