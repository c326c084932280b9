using System.Numerics;
using Chia.Consensus.Tests.Reference;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Tests.Validation;

/// <summary>What <c>db verify</c> asks of copies that older rules let in (DECISIONS 1, 2).</summary>
public class StoredCopiesTests
{
    [Theory]
    [InlineData("small40")]
    [InlineData("fast1024")]
    [InlineData("real40bt")]
    [InlineData("real300")]
    public void Honest_chains_have_no_fault(string name)
    {
        var chain = ReferenceChain.Of(name);
        foreach (var block in chain.All.Take(40))
            Assert.Null(StoredCopies.FindFault(chain.Network.Constants, block.Block));
    }

    [Fact]
    public void A_challenge_of_the_test_tools_is_a_fault_where_it_is_not_allowed()
    {
        var chain = ReferenceChain.Of("real40bt");
        var strict = chain.Network.Constants with { ChallengeOutput = ChallengeOutput.OutputOnly };
        Assert.Null(StoredCopies.FindFault(strict, chain.Blocks[0].Block));
        Assert.Contains("ChallengeOutputHash", StoredCopies.FindFault(strict, chain.Blocks[1].Block), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_in_another_spelling_is_a_fault()
    {
        var chain = ReferenceChain.Of("real300");
        for (var height = 1; height <= 20; height++)
        {
            var block = chain.Blocks[height].Block;
            var output = block.HeaderBlock.ProofOfTime!.Output;
            var (a, b) = (new BigInteger(output.A.Span, isBigEndian: true), new BigInteger(output.B.Span, isBigEndian: true));
            AssertFault(chain, block, new ClassgroupElement(output.A, Number(b + (2 * a))));
            var d = Cryptography.ClassGroups.Discriminant.Create(block.HeaderBlock.ProofOfTime.ChallengeHash.Span, 1024);

            // (c, −b) of the same class is normalized like a reduced form, and only too large.
            AssertFault(chain, block, new ClassgroupElement(Number(((b * b) - d) / (4 * a)), Number(-b)));
        }
    }

    private static void AssertFault(ReferenceChain chain, FullBlock block, ClassgroupElement output)
    {
        var copy = block.WithTime(t => t with { Output = output }).WithChallenge(c => c with { ProofOfTimeOutputHash = output.Sha256() });
        Assert.Contains("BadOutput", StoredCopies.FindFault(chain.Network.Constants, copy), StringComparison.Ordinal);
    }

    private static ByteString Number(BigInteger value)
    {
        var bytes = new byte[ClassgroupElement.NumberSize];
        bytes.AsSpan().Fill(value.Sign < 0 ? (byte)0xFF : (byte)0);
        Assert.True(value.TryWriteBytes(bytes.AsSpan(bytes.Length - value.GetByteCount()), out _, isBigEndian: true));
        return ByteString.Adopt(bytes);
    }
}
