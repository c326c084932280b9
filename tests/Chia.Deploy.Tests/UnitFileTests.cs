namespace Chia.Deploy;

/// <summary>The systemd units, as systemd reads them.</summary>
public sealed class UnitFileTests
{
    public static TheoryData<string> Units =>
        [.. Directory.EnumerateFiles(Repository.At("deploy", "systemd"), "*.service").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Units))]
    public void Systemd_finds_nothing_wrong(string unit)
    {
        Assert.SkipUnless(Repository.HasTool("systemd-analyze"), "systemd-analyze is not installed: units are NOT tested");
        var folder = Directory.CreateTempSubdirectory("chia-units-").FullName;
        try
        {
            // A program that is not installed here is no fault of the unit.
            var copy = Path.Combine(folder, unit);
            File.WriteAllText(
                copy, Repository.Read("deploy", "systemd", unit).Replace("/usr/bin/chia", "/bin/true", StringComparison.Ordinal));
            var (exitCode, output, error) = Repository.Run("systemd-analyze", "verify", copy);

            Assert.Equal("", output + error);
            Assert.Equal(0, exitCode);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void A_mistake_is_found()
    {
        Assert.SkipUnless(Repository.HasTool("systemd-analyze"), "systemd-analyze is not installed: units are NOT tested");
        var file = Path.Combine(Directory.CreateTempSubdirectory("chia-units-").FullName, "wrong.service");
        File.WriteAllText(file, "[Service]\nExecStart=/bin/true\nRestrat=always\n");

        Assert.Contains("Restrat", Repository.Run("systemd-analyze", "verify", file).Error, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, true);
    }
}
