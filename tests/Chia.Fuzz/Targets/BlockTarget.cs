using Chia.Fuzz.Driver;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Fuzz.Targets;

/// <summary>Consensus structures: a block or one reason, and a block has one encoding (keys and signatures are brought to
/// theirs).</summary>
internal sealed class BlockTarget() : FuzzTarget("blocks")
{
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. new[] { "small40", "real40bt", "real300" }.SelectMany(chain => Vectors.Records("chains", chain, "blocks.bin").Take(20)),
    ];

    public override int ShortRun => 60_000;

    public override void Run(byte[] input)
    {
        Read<FullBlock>(input);
        Read<HeaderBlock>(input);
        var chance = Chance.Of(input);
        var part = input.AsSpan(chance.Below(input.Length + 1));
        Read<ProofOfSpace>(part);
        Read<ProofOfTime>(part);
        Read<Challenge>(part);
        Read<Header>(part);
        Read<Body>(part);
        Read<PeerInfo>(part);
    }

    private static void Read<T>(ReadOnlySpan<byte> input)
        where T : class, IStreamable<T>
    {
        var error = StreamableExtensions.TryDecode<T>(input, out var value);
        Promise.That(error == StreamableError.None == value is not null, "a structure exactly if nothing is wrong");
        if (value is null)
            return;
        var written = value.ToBytes();
        Promise.That(written.Length == input.Length, "one encoding");
        StreamableExtensions.TryDecode<T>(written, out var again);
        Promise.That(again is not null && again.ToBytes().AsSpan().SequenceEqual(written), "written twice the same");
    }
}
