using System.Buffers.Binary;
using System.Text.Json;
using Chia.Testing;

namespace Chia.Functional.Tests.Wire;

/// <summary>One connection between reference processes: <c>tests/vectors/wire</c>.</summary>
internal sealed class Capture
{
    private Capture(IReadOnlyList<CapturedFrame> frames) => Frames = frames;

    /// <summary>In the order in which they were seen.</summary>
    public IReadOnlyList<CapturedFrame> Frames { get; }

    public static Capture Load(string file, int connection = 1)
    {
        var frames = new List<CapturedFrame>();
        foreach (var line in File.ReadLines(Vectors.PathOf("wire", file + ".jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.TryGetProperty("event", out _) || entry.GetProperty("conn").GetInt32() != connection)
                continue;
            frames.Add(new CapturedFrame(
                entry.GetProperty("t").GetDouble(),
                entry.GetProperty("dir").GetString()!,
                entry.GetProperty("f").GetString()!,
                Convert.FromHexString(entry.GetProperty("hex").GetString()!)));
        }

        return new Capture(frames);
    }

    /// <summary>What one side sent after its handshake.</summary>
    public IReadOnlyList<CapturedFrame> Messages(string direction) => [.. Frames.Where(f => f.Direction == direction && !f.IsHandshake)];

    /// <summary>What one side sent to introduce itself.</summary>
    public byte[] Handshake(string direction) => Frames.First(f => f.Direction == direction && f.Function == "handshake").ToFrame();

    /// <summary>The answers to the requests of one side, by request. A capture answers each kind of request in order.</summary>
    public Dictionary<string, CapturedFrame> Answers(string askingSide)
    {
        var answers = new Dictionary<string, CapturedFrame>();
        foreach (
            var kind in Messages(askingSide).Where(f => f.Function.StartsWith("request_", StringComparison.Ordinal))
            .GroupBy(f => f.Function))
        {
            var answer = kind.Key["request_".Length..];
            var first = kind.First().Time;
            var given = Frames.Where(f => f.Direction != askingSide && f.Function == answer && f.Time > first).ToList();
            Assert.Equal(kind.Count(), given.Count);
            foreach (var (asked, answered) in kind.Zip(given))
                answers[asked.Hex] = answered;
        }

        return answers;
    }
}

/// <summary>A frame that one reference process sent to another.</summary>
/// <param name="Time">Seconds since the capture began.</param>
/// <param name="Direction"><c>c2s</c> from the dialling side, <c>s2c</c> to it.</param>
/// <param name="Function">Its name.</param>
/// <param name="Payload">Without the length.</param>
internal sealed record CapturedFrame(double Time, string Direction, string Function, byte[] Payload)
{
    public bool IsHandshake => Function is "handshake" or "handshake_ack";

    public string Hex => Convert.ToHexStringLower(Payload);

    /// <summary>As it went over the wire.</summary>
    public byte[] ToFrame()
    {
        var frame = new byte[sizeof(uint) + Payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)Payload.Length);
        Payload.CopyTo(frame, sizeof(uint));
        return frame;
    }
}
