using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>f1 … f7 of one plot (POSPACE.md 2). A value type: building one costs about a microsecond and no allocation.</summary>
internal readonly struct PlotFunctions
{
    private readonly PlotKeys _keys;
    private readonly int _k;

    /// <summary>Prepares the functions of a plot.</summary>
    /// <param name="plotId">The plot id.</param>
    /// <param name="k">1 … 59.</param>
    /// <param name="software">True: do without AES instructions.</param>
    public PlotFunctions(Bytes32 plotId, int k, bool software = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, PlotConstants.MinSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, PlotConstants.MaxSize);
        _k = k;
        _keys = new PlotKeys(plotId.Span, software);
    }

    /// <summary>k.</summary>
    public int K => _k;

    /// <summary>Bits of the metadata that enters f_t (t = 2 … 7), or of what f_{t−1} hands on.</summary>
    public int MetadataBits(int table) => PlotConstants.MetadataUnits[table] * _k;

    /// <summary>The metadata of a table-1 entry: x itself.</summary>
    public PlotMetadata MetadataOf(ulong x) => new((UInt128)x << (128 - _k), 0);

    /// <summary>Block number <paramref name="index"/> of the key stream that f1 is cut from, as a 128-bit number.</summary>
    public UInt128 KeyStreamBlock(ulong index) => FromBlock(_keys.EncryptFull(ToBlock(index)));

    /// <summary>f1(x): k bits of the key stream and the first five bits of x; k + 5 bits in all.</summary>
    public ulong F1(ulong x)
    {
        var position = (UInt128)x * (uint)_k;
        var index = (ulong)(position >> 7);
        var offset = (int)(position & 127);
        var bits = KeyStreamBlock(index) << offset;
        if (offset + _k > 128)
            bits |= KeyStreamBlock(index + 1) >> (128 - offset);
        return WithExtraBits((ulong)(bits >> (128 - _k)), x);
    }

    /// <summary>f1 of consecutive x: as <see cref="F1(ulong)"/>, but every block of the key stream is made once.</summary>
    /// <param name="first">The first x.</param>
    /// <param name="ys">Receives f1(first), f1(first + 1), …</param>
    public void F1(ulong first, Span<ulong> ys)
    {
        var position = (UInt128)first * (uint)_k;
        var index = (ulong)(position >> 7);
        var offset = (int)(position & 127);
        UInt128 block = KeyStreamBlock(index), next = KeyStreamBlock(index + 1);
        for (var i = 0; i < ys.Length; i++)
        {
            var bits = offset == 0 ? block : (block << offset) | (next >> (128 - offset));
            ys[i] = WithExtraBits((ulong)(bits >> (128 - _k)), first + (ulong)i);
            offset += _k;
            if (offset >= 128)
            {
                offset -= 128;
                block = next;
                next = KeyStreamBlock(++index + 1);
            }
        }
    }

    /// <summary>Puts the first five bits of x behind a slice of the key stream; for k below 5, x and zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong WithExtraBits(ulong slice, ulong x) => (slice << PlotConstants.ExtraBits)
        | (_k >= PlotConstants.ExtraBits ? x >> (_k - PlotConstants.ExtraBits) : x << (PlotConstants.ExtraBits - _k));

    /// <summary>f_t for t = 2 … 7.</summary>
    /// <param name="table">t.</param>
    /// <param name="leftY">y of the left entry; that of the right one is not used.</param>
    /// <param name="left">Metadata of the left entry.</param>
    /// <param name="right">Metadata of the right entry.</param>
    /// <param name="metadata">What the next table receives; must not be the place of <paramref name="left"/> or
    /// <paramref name="right"/>.</param>
    /// <returns>k + 5 bits.</returns>
    public ulong F(int table, ulong leftY, in PlotMetadata left, in PlotMetadata right, out PlotMetadata metadata)
    {
        var bits = MetadataBits(table);
        if (bits <= 128)
        {
            var y = F(table, leftY, left.High, right.High, out var high);
            // Two strings of up to 128 bits may join to more than one half holds.
            metadata = table <= 3 && 2 * bits > 128 ? left.Append(bits, right) : new PlotMetadata(high, 0);
            return y;
        }

        UInt128 cipher;
        if (2 * bits <= 384)
        {
            var tail = new PlotMetadata(left.Low, 0).Append(bits - 128, new PlotMetadata(right.Low, 0));
            cipher = Cipher(table, Cipher(table, left.High) ^ Cipher(table, right.High) ^ Cipher(table, tail.High));
        }
        else
        {
            cipher = Cipher(table, Cipher(table, Cipher(table, left.High) ^ left.Low) ^ Cipher(table, right.High) ^ right.Low);
        }

        // Only tables 4 … 6 have strings this long, and they combine by exclusive or.
        metadata = (left ^ right).Truncate(MetadataBits(table + 1));
        return Output(cipher, leftY);
    }

    /// <summary>f_t where neither metadata string exceeds 128 bits: always so for k up to 32.</summary>
    /// <returns>k + 5 bits; <paramref name="metadata"/> is complete unless t ≤ 3 and the joined strings exceed 128 bits.</returns>
    public ulong F(int table, ulong leftY, UInt128 left, UInt128 right, out UInt128 metadata)
    {
        var bits = MetadataBits(table);
        UInt128 cipher;
        if (2 * bits <= 128)
        {
            var joined = left | (right >> bits);
            cipher = Cipher(table, joined);
            metadata = table <= 3 ? joined : (left ^ right) & PlotMetadata.HighBits(MetadataBits(table + 1));
        }
        else
        {
            cipher = Cipher(table, Cipher(table, left) ^ right);
            metadata = (left ^ right) & PlotMetadata.HighBits(Math.Min(MetadataBits(table + 1), 128));
        }

        return Output(cipher, leftY);
    }

    /// <summary>The first k bits of an f7 output: what a challenge is compared with.</summary>
    public static ulong LeadingBits(ulong y) => y >> PlotConstants.ExtraBits;

    /// <summary>The first k bits of a challenge (POSPACE.md 5.1).</summary>
    public static ulong LeadingBits(Bytes32 challenge, int k) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(challenge.Span) >> (64 - k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Output(UInt128 cipher, ulong leftY) =>
        ((ulong)(cipher >> 64) >> (64 - _k - PlotConstants.ExtraBits)) ^ leftY;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UInt128 Cipher(int table, UInt128 block) => FromBlock(_keys.EncryptShort(table, ToBlock(block)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ToBlock(UInt128 value) => Reverse(Vector128.Create((ulong)value, (ulong)(value >> 64)).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt128 FromBlock(Vector128<byte> block)
    {
        var words = Reverse(block).AsUInt64();
        return new UInt128(words[1], words[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Reverse(Vector128<byte> bytes) => Vector128.Shuffle(
        bytes, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}
