using System.Text.Json;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Protocol.Tests.Wire;

/// <summary>The captured sessions of <c>tests/vectors/wire</c>: frames in the order in which they were seen, per connection.</summary>
public sealed record WireSession(string File, int Connection, IReadOnlyList<WireFrame> Frames)
{
    public static IReadOnlyList<WireSession> All { get; } =
        [.. new[] { "live", "real40_sync", "small40_sync", "small40_reorg" }.SelectMany(Read)];

    /// <summary>The role that a side announced.</summary>
    public Role RoleOf(string direction) =>
        (Role)Frames.First(f => f.Direction == direction && f.Function == "handshake").Payload[^1];

    public Role Sender(WireFrame frame) => RoleOf(frame.Direction);

    public Role Receiver(WireFrame frame) => RoleOf(frame.Direction == "c2s" ? "s2c" : "c2s");

    private static IEnumerable<WireSession> Read(string file)
    {
        var frames = new SortedDictionary<int, List<WireFrame>>();
        foreach (var line in System.IO.File.ReadLines(Vectors.PathOf("wire", file + ".jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.TryGetProperty("event", out _))
                continue;
            var frame = new WireFrame(
                entry.GetProperty("t").GetDouble(),
                entry.GetProperty("dir").GetString()!,
                entry.GetProperty("f").GetString()!,
                Convert.FromHexString(entry.GetProperty("hex").GetString()!));
            Assert.Equal(entry.GetProperty("len").GetInt32(), frame.Payload.Length);
            var connection = entry.GetProperty("conn").GetInt32();
            if (!frames.TryGetValue(connection, out var list))
                frames.Add(connection, list = []);
            list.Add(frame);
        }

        return frames.Select(pair => new WireSession(file, pair.Key, pair.Value));
    }
}

/// <summary>One captured frame.</summary>
/// <param name="Time">Seconds since the capture began.</param>
/// <param name="Direction"><c>c2s</c> from the dialling side, <c>s2c</c> to it.</param>
/// <param name="Function">The name that the capture noted.</param>
/// <param name="Payload">Without the length prefix.</param>
public sealed record WireFrame(double Time, string Direction, string Function, byte[] Payload)
{
    public bool IsHandshake => Function is "handshake" or "handshake_ack";
}
