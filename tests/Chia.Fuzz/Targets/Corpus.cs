using System.Text.Json;
using Chia.Testing;

namespace Chia.Fuzz.Targets;

/// <summary>What reference processes said to each other (<c>tests/vectors/wire</c>), one payload of each function and size
/// class.</summary>
internal static class Corpus
{
    /// <summary>Longer payloads are left out: damage to them hits the middle of nothing.</summary>
    private const int Longest = 8 * 1024;

    private static readonly string[] Sessions = ["live", "real40_sync", "small40_sync", "small40_reorg"];

    /// <summary>The payloads, without length prefix.</summary>
    public static IReadOnlyList<byte[]> Payloads { get; } =
    [
        .. Sessions.SelectMany(Read)
            .Where(frame => frame.Payload.Length <= Longest)
            .GroupBy(frame => (frame.Function, Size: Math.ILogB(frame.Payload.Length)))
            .SelectMany(group => group.Take(2))
            .Select(frame => frame.Payload),
    ];

    private static IEnumerable<(string Function, byte[] Payload)> Read(string session)
    {
        foreach (var line in File.ReadLines(Vectors.PathOf("wire", session + ".jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("hex", out var hex))
                yield return (json.RootElement.GetProperty("f").GetString()!, Convert.FromHexString(hex.GetString()!));
        }
    }
}
