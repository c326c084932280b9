using Chia.Gateway.Connections;
using Chia.Protocol;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Tests;

public class OpenRequestsTests
{
    private static readonly MessageDefinition Blocks = MessageRegistry.Find(SyncBlocksMessage.Name)!;
    private readonly OpenRequests _requests = new();

    [Fact]
    public void As_many_answers_as_questions()
    {
        Assert.False(_requests.Answered(Blocks));
        _requests.Sent(MessageRegistry.Encode(new RequestSyncBlocksMessage(default, [1])));
        _requests.Sent(MessageRegistry.Encode(new RequestSyncBlocksMessage(default, [2])));
        _requests.Sent(MessageRegistry.Encode(new RequestHeaderBlocksMessage(default, [2])));
        _requests.Sent(MessageRegistry.Encode(new PingMessage()));
        Assert.True(_requests.Answered(Blocks));
        Assert.True(_requests.Awaits(Blocks));
        Assert.True(_requests.Answered(Blocks));
        Assert.False(_requests.Awaits(Blocks));
        Assert.False(_requests.Answered(Blocks));
    }

    [Fact]
    public void A_challenge_is_answered_by_any_number_of_qualities()
    {
        _requests.Sent(MessageRegistry.Encode(new NewChallengeMessage(default)));
        _requests.Sent(MessageRegistry.Encode(new NewChallengeMessage(default)));
        var answer = MessageRegistry.Find(ChallengeResponseMessage.Name)!;
        for (var i = 0; i < 1000; i++)
            Assert.True(_requests.Answered(answer));
    }
}
