using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Plots;

/// <summary>Reads entropy-coded deltas (POSPACE.md 7.3 and 7.4). Immutable.</summary>
internal sealed class DeltaDecoder
{
    // Per state: base of the next state (16 bits), bits to read (8), symbol (8). 64 KiB a model.
    private readonly uint[] _states = new uint[DeltaModel.States];

    /// <summary>Builds the table of a model.</summary>
    public DeltaDecoder(DeltaModel model)
    {
        var next = model.Counts.ToArray();
        for (var state = 0; state < _states.Length; state++)
        {
            var symbol = model.Cells[state];
            uint z = next[symbol]++;
            var bits = DeltaModel.StateBits - BitOperations.Log2(z);
            _states[state] = (((z << bits) - DeltaModel.States) << 16) | ((uint)bits << 8) | symbol;
        }
    }

    /// <summary>Decodes a stream.</summary>
    /// <param name="stream">The coded bytes; untrusted.</param>
    /// <param name="symbols">Receives the symbols; decoding ends without complaint when it is full if <paramref name="partial"/>.</param>
    /// <param name="partial">True: only the first symbols are wanted, so what follows them is not looked at.</param>
    /// <returns>The number of symbols, or −1 if this is no complete stream or it holds more than there is room for.</returns>
    public int Decode(ReadOnlySpan<byte> stream, Span<byte> symbols, bool partial = false)
    {
        if (stream.IsEmpty || stream[^1] == 0)
            return -1;
        var remaining = (8 * (stream.Length - 1)) + BitOperations.Log2(stream[^1]);
        if (remaining < 2 * DeltaModel.StateBits)
            return -1;

        var states = _states;
        var current = states[Take(stream, ref remaining, DeltaModel.StateBits)];
        var other = states[Take(stream, ref remaining, DeltaModel.StateBits)];
        for (var count = 0; count < symbols.Length; count++)
        {
            symbols[count] = (byte)current;
            var bits = (int)(current >> 8) & 0xff;
            if (bits > remaining)
            {
                // The end: the encoder started here with nothing emitted, so nothing may be left over.
                if (remaining != 0 || count + 1 == symbols.Length)
                    return partial && remaining == 0 ? count + 1 : -1;
                symbols[count + 1] = (byte)other;
                return count + 2;
            }

            var next = states[(current >> 16) + Take(stream, ref remaining, bits)];
            current = other;
            other = next;
        }

        return partial ? symbols.Length : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Take(ReadOnlySpan<byte> stream, ref int remaining, int bits)
    {
        remaining -= bits;
        var first = remaining >> 3;
        var word = first + sizeof(uint) <= stream.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(stream[first..])
            : ReadTail(stream[first..]);
        return (word >> (remaining & 7)) & ((1u << bits) - 1);
    }

    private static uint ReadTail(ReadOnlySpan<byte> tail)
    {
        uint word = 0;
        for (var i = tail.Length - 1; i >= 0; i--)
            word = (word << 8) | tail[i];
        return word;
    }
}
