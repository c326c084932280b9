using Chia.Silo.Bench.Figures;
using Chia.Testing;

namespace Chia.Silo.Tests.Bench.Figures;

/// <summary>The file that <c>bench --against</c> names may be anything: it is read within bounds, and what it is not is said.</summary>
public sealed class BenchReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_a_gigabyte_is_not_read()
    {
        using (var file = File.Create(_folder.File("huge")))
            file.SetLength(1 << 30); // Takes no room on the disk.
        var before = GC.GetTotalAllocatedBytes();
        Assert.Contains("at most", Refused("huge"), StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 100_000_000, "most of it was read");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""[{"table":"a","what":"b","unit":"c","value":-1}]""")]
    [InlineData("""[{"table":"a","what":"b","unit":"c","value":1e999}]""")]
    [InlineData("""[{"what":"b","unit":"c","value":1}]""")]
    public void Nonsense_is_named_in_one_line(string text)
    {
        File.WriteAllText(_folder.File("nonsense"), text);
        var said = Refused("nonsense");
        Assert.Contains("not the figures that bench --json writes", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void What_is_not_there_or_no_file_is_named()
    {
        Assert.Contains("there is no", Refused("nothing"), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refused("."), StringComparison.Ordinal);
    }

    private string Refused(string name) => Assert.Throws<UserException>(() => BenchReport.Read(_folder.File(name))).Message;
}
