using Chia.Gateway.Connections.Frames;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections.Frames;

public class OpenRequestsTests
{
    private static readonly MessageDefinition Blocks = MessageRegistry.Find(SyncBlocksMessage.Name)!;
    private readonly ManualTime _time = new();
    private readonly OpenRequests _requests;

    public OpenRequestsTests() => _requests = new OpenRequests(_time);


    [Fact]
    public void As_many_answers_as_questions()
    {
        Assert.False(_requests.Answered(Blocks, out _));
        _requests.Sent(MessageRegistry.Find(RequestSyncBlocksMessage.Name));
        _requests.Sent(MessageRegistry.Find(RequestSyncBlocksMessage.Name));
        _requests.Sent(MessageRegistry.Find(RequestHeaderBlocksMessage.Name));
        _requests.Sent(MessageRegistry.Find(PingMessage.Name));
        Assert.True(_requests.Answered(Blocks, out _));
        Assert.True(_requests.Awaits(Blocks));
        Assert.True(_requests.Answered(Blocks, out _));
        Assert.False(_requests.Awaits(Blocks));
        Assert.False(_requests.Answered(Blocks, out _));
    }

    [Fact]
    public void A_challenge_is_answered_by_any_number_of_qualities()
    {
        _requests.Sent(MessageRegistry.Find(NewChallengeMessage.Name));
        _requests.Sent(MessageRegistry.Find(NewChallengeMessage.Name));
        var answer = MessageRegistry.Find(ChallengeResponseMessage.Name)!;
        for (var i = 0; i < 1000; i++)
            Assert.True(_requests.Answered(answer, out _));
    }

    [Fact]
    public void A_question_is_not_open_for_ever()
    {
        _requests.Sent(MessageRegistry.Find(RequestSyncBlocksMessage.Name));
        _time.Advance(TimeSpan.FromMinutes(10));
        _requests.Sent(MessageRegistry.Find(RequestSyncBlocksMessage.Name));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(_requests.Answered(Blocks, out var after));
        Assert.Equal(TimeSpan.FromMinutes(5), after);
        Assert.False(_requests.Answered(Blocks, out _));
        _requests.Sent(MessageRegistry.Find(NewChallengeMessage.Name));
        _time.Advance(OpenRequests.Expiry);
        Assert.False(_requests.Awaits(MessageRegistry.Find(ChallengeResponseMessage.Name)!));
    }

    [Fact]
    public void Questions_that_nobody_answers_take_little_memory_and_the_latest_count()
    {
        for (var i = 0; i < 10_000; i++)
            _requests.Sent(MessageRegistry.Find(RequestSyncBlocksMessage.Name));
        var open = 0;
        while (_requests.Answered(Blocks, out _))
            open++;
        Assert.Equal(4096, open);
    }
}
