using Chia.Silo.Clusters;

namespace Chia.Cluster.Tests;

/// <summary>A silo that the others took for dead says in a line that it ends (CLUSTER 3).</summary>
public class SiloEndsTests
{
    [Fact]
    public void It_says_why_and_not_who_else_is_there() => Assert.Equal(
        "this silo ends, and others go on with its work: I have been told I am dead. Start it again",
        SiloEnds.Line("I have been told I am dead. Membership: [Version: 7, 3 silos]", null));

    [Fact]
    public void It_stays_one_line() =>
        Assert.DoesNotContain(SiloEnds.Line("a\nb", new InvalidOperationException("c\r\nd", new IOException("e"))), char.IsControl);
}
