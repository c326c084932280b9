using BenchmarkDotNet.Attributes;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Benchmarks;

/// <summary>A block on its way in: the CBOR envelope and the streamable bytes inside it; and on its way out.</summary>
[MemoryDiagnoser]
public class DecodingBenchmarks
{
    private byte[] _record = [];
    private byte[] _payload = [];
    private FullBlock _block = null!;

    [GlobalSetup]
    public void Setup()
    {
        _record = Vectors.Records("chains", "real300", "blocks.bin")[1];
        _block = StreamableExtensions.Decode<FullBlock>(_record);
        _payload = MessageRegistry.Encode(new BlockMessage(_block))[FrameReader.PrefixSize..];
    }

    [Benchmark]
    public FullBlock DecodeStreamable() => StreamableExtensions.Decode<FullBlock>(_record);

    [Benchmark]
    public Message? DecodeMessage()
    {
        MessageRegistry.TryDecode(_payload, Role.FullNode, Role.FullNode, out var message);
        return message;
    }

    [Benchmark]
    public byte[] EncodeMessage() => MessageRegistry.Encode(new BlockMessage(_block));

    [Benchmark]
    public Bytes32 HeaderHash() => _block.HeaderHash();
}
