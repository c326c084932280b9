using Chia.Silo.Hosting;
using Orleans.Runtime;

namespace Chia.Silo.Tests.Hosting;

/// <summary>A start on a machine that is busy: what does not answer yet is asked again, and not for ever.</summary>
public sealed class NodeStagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(NodeStages.MostTries)]
    public async Task What_does_not_answer_in_time_is_asked_again(int answering)
    {
        var tries = 0;

        Assert.Equal(7, await NodeStages.Answered(() => ++tries < answering ? throw new TimeoutException() : Task.FromResult(7)));

        Assert.Equal(answering, tries);
    }

    /// <summary>A grain that begins asks another in its turn, which has not begun yet.</summary>
    [Fact]
    public async Task What_cannot_begin_yet_is_asked_again_and_what_is_wrong_is_not()
    {
        var tries = 0;
        Assert.Equal(7, await NodeStages.Answered(() => ++tries < 3 ? throw new SiloUnavailableException("not yet") : Task.FromResult(7)));
        Assert.Equal(3, tries);
        await Assert.ThrowsAsync<InvalidDataException>(() => NodeStages.Answered<int>(() =>
        {
            tries++;
            throw new InvalidDataException("a fault of ours");
        }));
        Assert.Equal(4, tries);
    }

    [Fact]
    public async Task What_never_answers_ends_the_start()
    {
        var tries = 0;

        await Assert.ThrowsAsync<TimeoutException>(() => NodeStages.Answered<int>(() =>
        {
            tries++;
            throw new TimeoutException();
        }));

        Assert.Equal(NodeStages.MostTries, tries);
    }
}
