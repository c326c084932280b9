using Chia.Silo.Commands;

namespace Chia.Silo.Tests.Commands;

/// <summary>What <c>chia bench --help</c> says first.</summary>
public sealed class BenchHelpTests
{
    [Fact]
    public void Every_part_is_named()
    {
        var bench = BenchCommand.Create();

        Assert.NotEmpty(bench.Subcommands);
        Assert.All(bench.Subcommands, part => Assert.Matches($@"\b{part.Name}\b", bench.Description));
    }
}
