using Chia.Silo.Views;

namespace Chia.Silo.Tests.Views;

/// <summary>What was closed at the start is not written to.</summary>
public sealed class StandardStreamsTests
{
    [Theory]
    [InlineData("pos:\t0\nflags:\t0100002\nmnt_id:\t15\n", true)]
    [InlineData("pos:\t0\nflags:\t02000000\nmnt_id:\t15\n", false)]
    [InlineData("pos:\t0\nflags:\t02100001\nmnt_id:\t15\n", false)]
    [InlineData("something else", true)]
    public void What_the_program_opened_itself_is_told_by_its_flags(string information, bool isInherited) =>
        Assert.Equal(isInherited, StandardStreams.IsInherited(information));

    [Fact]
    public void A_number_that_is_not_open_was_not_inherited()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("no /proc");
        Assert.False(StandardStreams.IsInherited(1_000_000));
        Assert.True(StandardStreams.IsInherited(StandardStreams.Error));
    }
}
