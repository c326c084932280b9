using System.Security.Cryptography;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Benchmarks;

/// <summary>Frames on their way in and out: everything that a captured node said and heard, and the largest answer there is, a list of
/// header hashes.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    /// <summary>Messages of the live capture, handshakes left out.</summary>
    private const int Frames = 500;

    private const int Hashes = 100_000;

    private readonly List<(byte[] Payload, Role Sender, Role Receiver, Message Message)> _captured = [];
    private byte[] _list = [];
    private Message _listMessage = null!;

    [GlobalSetup]
    public void Setup()
    {
        foreach (var line in File.ReadLines(Vectors.PathOf("wire", "live.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("hex", out var hex) && Decoded(Convert.FromHexString(hex.GetString()!)) is { } frame
                && _captured.Count < Frames)
                _captured.Add(frame);
        }

        if (_captured.Count < Frames)
            throw new InvalidOperationException($"the capture has {_captured.Count} messages only");
        var random = new Random(1);
        _listMessage =
            new AllHeaderHashesMessage(
            [.. Enumerable.Range(0, Hashes).Select(i => new Bytes32(SHA256.HashData(BitConverter.GetBytes(random.Next()))))]);
        _list = MessageRegistry.Encode(_listMessage)[FrameReader.PrefixSize..];
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int DecodeFrames()
    {
        var decoded = 0;
        foreach (var (payload, sender, receiver, _) in _captured)
        {
            MessageRegistry.TryDecode(payload, sender, receiver, out var message);
            decoded += message is null ? 0 : 1;
        }

        return decoded;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int EncodeFrames()
    {
        var bytes = 0;
        foreach (var (_, _, _, message) in _captured)
            bytes += MessageRegistry.Encode(message).Length;
        return bytes;
    }

    [Benchmark]
    public Message? DecodeHashList()
    {
        MessageRegistry.TryDecode(_list, Role.FullNode, Role.FullNode, out var message);
        return message;
    }

    [Benchmark]
    public byte[] EncodeHashList() => MessageRegistry.Encode(_listMessage);

    private static (byte[] Payload, Role Sender, Role Receiver, Message Message)? Decoded(byte[] payload)
    {
        foreach (var route in MessageRegistry.FunctionOf(payload)?.Routes ?? [])
        {
            MessageRegistry.TryDecode(payload, route.Sender, route.Receiver, out var message);
            if (message is not null)
                return (payload, route.Sender, route.Receiver, message);
        }

        return null;
    }
}
