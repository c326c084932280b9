using Chia.Testing;
namespace Chia.Deploy.Tests;

/// <summary>The systemd units, as systemd reads them.</summary>
public sealed class UnitFileTests
{
    public static TheoryData<string> Units =>
        [.. Directory.EnumerateFiles(Checkout.At("deploy", "systemd"), "*.service").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Units))]
    public void Systemd_finds_nothing_wrong(string unit)
    {
        Assert.SkipUnless(Tools.HasTool("systemd-analyze"), "systemd-analyze is not installed: units are NOT tested");
        using var folder = new TempFolder();
        // A program that is not installed here is no fault of the unit.
        var copy = folder.File(unit);
        File.WriteAllText(
            copy, Checkout.Read("deploy", "systemd", unit).Replace("/usr/bin/chia", "/bin/true", StringComparison.Ordinal));
        var (exitCode, output, error) = Tools.Run("systemd-analyze", "verify", copy);

        Assert.Equal("", output + error);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void A_mistake_is_found()
    {
        Assert.SkipUnless(Tools.HasTool("systemd-analyze"), "systemd-analyze is not installed: units are NOT tested");
        using var folder = new TempFolder();
        var file = folder.File("wrong.service");
        File.WriteAllText(file, "[Service]\nExecStart=/bin/true\nRestrat=always\n");

        Assert.Contains("Restrat", Tools.Run("systemd-analyze", "verify", file).Error, StringComparison.Ordinal);
    }
}
