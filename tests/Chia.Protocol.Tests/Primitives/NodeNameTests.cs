using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Primitives;

/// <summary>A node's name is part of keys, tables and labels: it holds nothing that divides or has to be escaped there.</summary>
public sealed class NodeNameTests
{
    [Theory]
    [InlineData("main")]
    [InlineData("node-1.eu_West")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_is_read_as_it_is_written(string text)
    {
        Assert.True(NodeName.TryParse(text, out var name));
        Assert.Equal(text, name.ToString());
        Assert.Equal(NodeName.Parse(text), name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("n\u00f6de")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void What_could_be_taken_for_something_else_is_no_name(string? text)
    {
        Assert.False(NodeName.TryParse(text, out var name));
        Assert.Equal(default, name);
        Assert.Throws<FormatException>(() => NodeName.Parse(text!));
    }

    [Fact]
    public void Names_are_told_apart_by_case() => Assert.NotEqual(NodeName.Parse("main"), NodeName.Parse("Main"));
}
