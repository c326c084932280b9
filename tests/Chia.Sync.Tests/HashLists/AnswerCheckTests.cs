using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Sync.HashLists;
using Chia.Testing;

namespace Chia.Sync.Tests.HashLists;

/// <summary>What hashing alone says of an answer (SYNC.md 7, item 5).</summary>
public sealed class AnswerCheckTests
{
    private const uint First = 5;

    private static readonly VectorChain Chain = VectorChain.Load("small40");
    private static readonly HashList List = new(0, Chain.Hashes, default);

    private readonly VerifiedRecords _verified = new();

    [Fact]
    public void What_an_honest_node_sends_passes()
    {
        Assert.Null(AnswerCheck.Headers(List, First, Headers(10)));
        Assert.Null(AnswerCheck.Blocks(List, _verified, First, Blocks(10)));
    }

    [Fact]
    public void Another_header_is_not_on_the_list()
    {
        var headers = Headers(5);
        (headers[1], headers[2]) = (headers[2], headers[1]);
        Assert.Equal((AnswerFaultKind.NotOnList, First + 1), Fault(AnswerCheck.Headers(List, First, headers)));
        var blocks = Blocks(5);
        blocks[3] = blocks[4];
        Assert.Equal((AnswerFaultKind.NotOnList, First + 3), Fault(AnswerCheck.Blocks(List, _verified, First, blocks)));
    }

    [Fact]
    public void A_list_whose_entries_do_not_follow_each_other_is_false()
    {
        Bytes32[] hashes = [.. Chain.Hashes];
        hashes[First - 1] = default;
        Assert.Equal((AnswerFaultKind.ListBroken, First), Fault(AnswerCheck.Headers(new HashList(0, hashes, default), First, Headers(3))));
    }

    public static TheoryData<string> Forgeries =>
        ["no challenge", "no proof of time", "another height", "another proof of space", "another previous challenge", "another output"];

    /// <summary>The header hash covers none of it (CONSENSUS.md 18.1).</summary>
    [Theory, MemberData(nameof(Forgeries))]
    public void A_copy_whose_parts_contradict_each_other_is_bad(string forgery)
    {
        var headers = Headers(3);
        headers[1] = Forge(headers[1], forgery);
        Assert.Equal((AnswerFaultKind.BadCopy, First + 1), Fault(AnswerCheck.Headers(List, First, headers)));

        var blocks = Blocks(3);
        blocks[1] = blocks[1] with { HeaderBlock = Forge(blocks[1].HeaderBlock, forgery) };
        Assert.Equal((AnswerFaultKind.BadCopy, First + 1), Fault(AnswerCheck.Blocks(List, _verified, First, blocks)));
    }

    [Fact]
    public void A_body_that_the_header_does_not_name_is_a_bad_copy()
    {
        var blocks = Blocks(3);
        blocks[1] = blocks[1] with { Body = blocks[2].Body };
        Assert.Equal((AnswerFaultKind.BadCopy, First + 1), Fault(AnswerCheck.Blocks(List, _verified, First, blocks)));
    }

    /// <summary>The challenge of each but the last is pinned by the proof of space behind it.</summary>
    [Fact]
    public void A_challenge_that_the_successor_does_not_answer_is_a_bad_copy()
    {
        var headers = Headers(3);
        headers[1] = headers[1] with { Challenge = headers[1].Challenge! with { TotalWeight = 1 } };
        Assert.Equal((AnswerFaultKind.BadCopy, First + 2), Fault(AnswerCheck.Headers(List, First, headers)));
        Assert.Null(AnswerCheck.Headers(List, First, headers[..2]));
    }

    [Fact]
    public void Iterations_that_do_not_add_up_are_a_bad_copy()
    {
        var headers = Headers(2);
        var challenge = headers[1].Challenge!;
        headers[1] = headers[1] with { Challenge = challenge with { TotalIterations = challenge.TotalIterations + 1 } };
        Assert.Equal((AnswerFaultKind.BadCopy, First + 1), Fault(AnswerCheck.Headers(List, First, headers)));
    }

    [Fact]
    public void A_block_has_the_challenge_that_the_headers_proved()
    {
        _verified.Reset(Blocks(5).Select(block => VectorChain.Record(block, block.HeaderHash())));
        Assert.Null(AnswerCheck.Blocks(List, _verified, First, Blocks(5)));
        var blocks = Blocks(5);
        var header = blocks[1].HeaderBlock;
        blocks[1] = blocks[1] with { HeaderBlock = header with { Challenge = header.Challenge! with { TotalWeight = 1 } } };
        Assert.Equal((AnswerFaultKind.BadCopy, First + 1), Fault(AnswerCheck.Blocks(List, _verified, First, blocks)));
    }

    private static HeaderBlock Forge(HeaderBlock header, string forgery)
    {
        var (challenge, proof) = (header.Challenge!, header.ProofOfTime!);
        return forgery switch
        {
            "no challenge" => header with { Challenge = null },
            "no proof of time" => header with { ProofOfTime = null },
            "another height" => header with { Challenge = challenge with { Height = challenge.Height + 1 } },
            "another proof of space" => header with { Challenge = challenge with { ProofOfSpaceHash = default } },
            "another previous challenge" => header with { Challenge = challenge with { PrevChallengeHash = default } },
            _ => header with { Challenge = challenge with { ProofOfTimeOutputHash = default } },
        };
    }

    private static (AnswerFaultKind Kind, uint Height)? Fault(AnswerFault? fault) => fault is null ? null : (fault.Kind, fault.Height);

    private static HeaderBlock[] Headers(int count) => [.. Blocks(count).Select(block => block.HeaderBlock)];

    private static FullBlock[] Blocks(int count) => [.. Chain.Blocks.Skip((int)First).Take(count)];
}
