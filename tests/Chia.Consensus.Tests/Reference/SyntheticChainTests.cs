using Chia.Consensus.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Reference;

/// <summary>CONSENSUS.md 19.3: real constants and genesis, stubbed cryptography, 689 blocks at changing pace.</summary>
public class SyntheticChainTests
{
    [Fact]
    public void Difficulty_and_speed_are_the_references()
    {
        var chain = new TestChain { CompareAlways = false };
        Assert.Equal(Bytes32.FromHex("2aee8efcbb816bfa3e974a944160cdbbb013533a5753eca02c7050f579f1b92d"), chain.Genesis.HeaderHash);
        var last = chain.Genesis;
        for (uint height = 1; height <= 689; height++)
        {
            Assert.Equal(Expected(height), (chain.Next(last).Difficulty, chain.Next(last).IterationsPerSecond));
            last = chain.AddChild(last, Delta(height));
        }

        Assert.Equal(Expected(690), (chain.Next(last).Difficulty, chain.Next(last).IterationsPerSecond));
        Assert.Equal(7664100UL, last.TotalWeight);
        Assert.Equal(2044666440UL, last.TotalIterations);
        Assert.Equal(1575442662UL, last.Timestamp);
        Assert.Equal([689u, 688, 687], chain.State.Tips.Select(t => t.Height));
        Assert.Equal(687u, chain.State.LeastCommonAncestor!.Height);
        chain.Store.AssertAgrees(chain.State);
    }

    private static ulong Delta(uint height) => height switch
    {
        < 128 => 150,
        < 256 => 40,
        < 384 => 900,
        < 512 => 3000,
        _ => 300,
    };

    private static (ulong Difficulty, ulong Ips) Expected(uint height) => height switch
    {
        < 160 => (5000, 5000),
        < 288 => (9924, 7962),
        < 416 => (29772, 48576),
        < 544 => (9924, 16192),
        < 672 => (3308, 5397),
        _ => (4962, 4693),
    };
}
