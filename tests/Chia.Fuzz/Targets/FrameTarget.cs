using System.Buffers;
using System.Buffers.Binary;
using Chia.Fuzz.Driver;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Primitives;

namespace Chia.Fuzz.Targets;

/// <summary>A stream of frames that arrives in pieces: the same frames come out, however it was cut.</summary>
internal sealed class FrameTarget() : FuzzTarget("frames")
{
    private const uint Limit = 16 * 1024;

    public override IReadOnlyList<byte[]> Corpus { get; } =
        [.. Targets.Corpus.Payloads.Chunk(4).Select(chunk => (byte[])[.. chunk.SelectMany(Framed)])];

    public override int ShortRun => 30_000;

    public override void Run(byte[] input)
    {
        var chance = Chance.Of(input);
        var whole = Frames(new ReadOnlySequence<byte>(input), out var end);
        var cut = Frames(Cut(input, chance), out var endOfCut);
        Promise.That(end == endOfCut && whole.Count == cut.Count, "pieces make no difference");
        foreach (var (one, other) in whole.Zip(cut))
            Promise.That(one.AsSpan().SequenceEqual(other), "pieces make no difference");
        foreach (var payload in whole)
            MessageTarget.Read(payload, chance);
        MessageRegistry.PayloadLimit(input, Role.FullNode, Role.FullNode);
    }

    private static List<byte[]> Frames(ReadOnlySequence<byte> buffer, out FrameResult end)
    {
        var frames = new List<byte[]>();
        while ((end = FrameReader.TryRead(ref buffer, Limit, out var payload)) == FrameResult.Frame)
            frames.Add(payload.ToArray());
        var left = buffer.Length;
        Promise.That(
            !FrameReader.TryPeek(buffer, out var length, out var start)
            || start.Length == Math.Min(length, left - FrameReader.PrefixSize), "a peek shows what is there");
        return frames;
    }

    private static ReadOnlySequence<byte> Cut(byte[] input, Chance chance)
    {
        Piece? first = null;
        Piece? last = null;
        for (var at = 0; at < input.Length;)
        {
            var size = Math.Min(1 + chance.Below(64), input.Length - at);
            last = new Piece(input.AsMemory(at, size), at, last);
            first ??= last;
            at += size;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private static byte[] Framed(byte[] payload)
    {
        var frame = new byte[FrameReader.PrefixSize + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length);
        payload.CopyTo(frame.AsSpan(FrameReader.PrefixSize));
        return frame;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index, Piece? before)
        {
            Memory = memory;
            RunningIndex = index;
            if (before is not null)
                before.Next = this;
        }
    }
}
