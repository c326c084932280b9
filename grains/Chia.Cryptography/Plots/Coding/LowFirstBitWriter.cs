namespace Chia.Cryptography.Plots;

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
