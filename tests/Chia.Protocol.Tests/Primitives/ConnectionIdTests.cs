using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Primitives;

public sealed class ConnectionIdTests
{
    [Fact]
    public void New_ones_differ_and_read_as_themselves()
    {
        var (one, other) = (ConnectionId.New(), ConnectionId.New());

        Assert.NotEqual(one, other);
        Assert.Equal(one, ConnectionId.Parse(one.ToString()));
        Assert.Equal(32, one.ToString().Length);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("node to farmer", true)]
    [InlineData("198.51.100.2:1", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void What_would_break_a_key_is_no_id(string? text, bool valid) => Assert.Equal(valid, ConnectionId.TryParse(text, out _));

    [Fact]
    public void An_id_ends_somewhere()
    {
        Assert.True(ConnectionId.TryParse(new string('a', ConnectionId.MaxLength), out _));
        Assert.False(ConnectionId.TryParse(new string('a', ConnectionId.MaxLength + 1), out _));
    }
}
