using System.Numerics;

namespace Chia.Cryptography.Plots;

/// <summary>Writes entropy-coded deltas (POSPACE.md 7.5), byte for byte as the reference. Immutable.</summary>
internal sealed class DeltaEncoder
{
    private const int MinSymbols = 3;

    // T_s for all symbols in a row, and per symbol what step() needs.
    private readonly ushort[] _next = new ushort[DeltaModel.States];
    private readonly Symbol[] _symbols;

    /// <summary>Builds the tables of a model.</summary>
    public DeltaEncoder(DeltaModel model)
    {
        _symbols = new Symbol[model.Counts.Length];
        var first = 0;
        for (var s = 0; s < _symbols.Length; s++)
        {
            var count = model.Counts[s];
            var bits = DeltaModel.StateBits - BitOperations.Log2(count);
            // One bit less is enough as long as the shifted state stays below 2·count.
            _symbols[s] = new Symbol(first - count, bits, (2 * count) << (bits - 1));
            first += count;
        }

        var filled = new int[_symbols.Length];
        for (var cell = 0; cell < DeltaModel.States; cell++)
        {
            var s = model.Cells[cell];
            _next[_symbols[s].Offset + model.Counts[s] + filled[s]++] = (ushort)(DeltaModel.States + cell);
        }
    }

    /// <summary>Symbols that can be encoded: 0 … this − 1.</summary>
    public int SymbolCount => _symbols.Length;

    /// <summary>Encodes symbols.</summary>
    /// <param name="symbols">Each below <see cref="SymbolCount"/>.</param>
    /// <param name="target">Room for the result.</param>
    /// <returns>Bytes written; 0 for fewer than three symbols, which have no coded form; −1 if they do not fit or a symbol is too
    /// large.</returns>
    public int Encode(ReadOnlySpan<byte> symbols, Span<byte> target)
    {
        if (symbols.Length < MinSymbols)
            return 0;
        if (symbols.ContainsAnyExceptInRange((byte)0, (byte)(_symbols.Length - 1)))
            return -1;

        // Even indices belong to one state, odd ones to the other; the encoder walks from the end.
        var writer = new LowFirstBitWriter(target);
        var index = symbols.Length - 1;
        Span<uint> states = stackalloc uint[2];
        states[index & 1] = Start(symbols[index]);
        index--;
        states[index & 1] = Start(symbols[index]);
        for (index--; index >= 0; index--)
        {
            ref var state = ref states[index & 1];
            var symbol = _symbols[symbols[index]];
            var bits = state < symbol.Threshold ? symbol.Bits - 1 : symbol.Bits;
            if (!writer.TryWrite(state & ((1u << bits) - 1), bits))
                return -1;
            state = _next[(int)(state >> bits) + symbol.Offset];
        }

        return writer.TryWrite(states[1] - DeltaModel.States, DeltaModel.StateBits)
            && writer.TryWrite(states[0] - DeltaModel.States, DeltaModel.StateBits)
            && writer.TryWrite(1, 1)
            && writer.TryFlush()
            ? writer.Written
            : -1;
    }

    private uint Start(byte symbol) => _next[_symbols[symbol].Offset + Count(_symbols[symbol])];

    // The threshold is (2·count) << (bits − 1).
    private static int Count(Symbol symbol) => symbol.Threshold >> symbol.Bits;

    private readonly record struct Symbol(int Offset, int Bits, int Threshold);
}

/// <summary>Packs bit fields from the least significant bit of byte 0 upward (POSPACE.md 7.4).</summary>
internal ref struct LowFirstBitWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;
    private ulong _pending;
    private int _pendingBits;

    /// <summary>Whole bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Appends up to 32 bits; false if the room is used up.</summary>
    public bool TryWrite(uint value, int bits)
    {
        _pending |= (ulong)value << _pendingBits;
        _pendingBits += bits;
        while (_pendingBits >= 8)
        {
            if (Written == _target.Length)
                return false;
            _target[Written++] = (byte)_pending;
            _pending >>= 8;
            _pendingBits -= 8;
        }

        return true;
    }

    /// <summary>Pads the last byte with zero bits; false if the room is used up.</summary>
    public bool TryFlush() => _pendingBits == 0 || TryWrite(0, 8 - _pendingBits);
}
