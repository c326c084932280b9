using System.Buffers;

namespace Chia.Consensus.Chain;

/// <summary>
/// The numbers of a group of neighbouring blocks in about nine bytes each instead of 48: what follows from the block before is left out,
/// the rest is written as differences, in as many bytes as they need. Any numbers come back as they were; a chain's are short.
/// </summary>
internal static class PackedNumbers
{
    /// <summary>Most bytes of one block: a byte of flags, five numbers of 64 bits and two of 32.</summary>
    private const int MostBytes = 1 + (7 * 10);

    // Flags of a block.
    private const byte FollowsBefore = 1; // Its parent is the block before; height and weight follow.
    private const byte SameDifficulty = 2;
    private const byte SameSpeed = 4;

    /// <summary>Packs a group.</summary>
    /// <param name="group">Its blocks.</param>
    /// <param name="first">Position of the first of them.</param>
    internal static byte[] Pack(ReadOnlySpan<BlockNumbers> group, int first)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MostBytes * group.Length);
        var writer = new Writer(buffer);
        var before = default(BlockNumbers);
        for (var i = 0; i < group.Length; i++)
        {
            var block = group[i];
            var follows = i > 0 && block.Parent == first + i - 1 && block.Height == before.Height + 1
                && block.TotalWeight == unchecked(before.TotalWeight + block.Difficulty);
            writer.Byte((byte)((follows ? FollowsBefore : 0)
                | (block.Difficulty == before.Difficulty ? SameDifficulty : 0)
                | (block.IterationsPerSecond == before.IterationsPerSecond ? SameSpeed : 0)));
            if (!follows)
            {
                writer.Difference(block.Parent, first + i);
                writer.Difference(block.Height, before.Height);
                writer.Difference(unchecked((long)block.TotalWeight), unchecked((long)before.TotalWeight));
            }

            if (block.Difficulty != before.Difficulty)
                writer.Difference(unchecked((long)block.Difficulty), unchecked((long)before.Difficulty));
            if (block.IterationsPerSecond != before.IterationsPerSecond)
                writer.Difference(unchecked((long)block.IterationsPerSecond), unchecked((long)before.IterationsPerSecond));
            writer.Difference(unchecked((long)block.TotalIterations), unchecked((long)before.TotalIterations));
            writer.Difference(unchecked((long)block.Timestamp), unchecked((long)before.Timestamp));
            before = block;
        }

        var packed = buffer.AsSpan(0, writer.Length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return packed;
    }

    /// <summary>The group again.</summary>
    internal static void Unpack(ReadOnlySpan<byte> packed, int first, Span<BlockNumbers> group)
    {
        var reader = new Reader(packed);
        var before = default(BlockNumbers);
        for (var i = 0; i < group.Length; i++)
        {
            var flags = reader.Byte();
            var follows = (flags & FollowsBefore) != 0;
            var (parent, height, weight) = (first + i - 1, before.Height + 1, before.TotalWeight);
            if (!follows)
            {
                parent = (int)reader.Value(first + i);
                height = (uint)reader.Value(before.Height);
                weight = unchecked((ulong)reader.Value((long)before.TotalWeight));
            }

            var difficulty = (flags & SameDifficulty) != 0 ? before.Difficulty : unchecked((ulong)reader.Value((long)before.Difficulty));
            var speed = (flags & SameSpeed) != 0
                ? before.IterationsPerSecond
                : unchecked((ulong)reader.Value((long)before.IterationsPerSecond));
            var iterations = unchecked((ulong)reader.Value((long)before.TotalIterations));
            var timestamp = unchecked((ulong)reader.Value((long)before.Timestamp));
            before =
                new BlockNumbers(
                parent, height, follows ? unchecked(weight + difficulty) : weight, iterations, timestamp, difficulty, speed);
            group[i] = before;
        }
    }

    /// <summary>Differences, small ones of either sign in few bytes: seven bits each, lowest first.</summary>
    private ref struct Writer(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        internal int Length { get; private set; }

        internal void Byte(byte value) => _buffer[Length++] = value;

        internal void Difference(long value, long before)
        {
            var difference = unchecked(value - before);
            var rest = unchecked((ulong)((difference << 1) ^ (difference >> 63)));
            for (; rest >= 0x80; rest >>= 7)
                Byte((byte)(rest | 0x80));
            Byte((byte)rest);
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> packed)
    {
        private readonly ReadOnlySpan<byte> _packed = packed;
        private int _at;

        internal byte Byte() => _packed[_at++];

        internal long Value(long before)
        {
            var zigzag = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = Byte();
                zigzag |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    break;
            }

            return unchecked(before + ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)));
        }
    }
}
