using Chia.Testing;
namespace Chia.Deploy;

/// <summary>
/// The program as it is handed out. Takes a minute, so it runs when asked for: <c>dotnet run --project tests/Chia.Deploy.Tests --
/// -explicit only</c>.
/// </summary>
public sealed class PublishedTests
{
    [Fact(Explicit = true)]
    public void One_file_runs_without_dotnet()
    {
        using var temporary = new TempFolder();
        var folder = temporary.Path;
        var (exitCode, output, _) = Tools.Run(
            "dotnet", "publish", Checkout.At("silo"), "-c", "Release", "-r", "linux-x64", "--self-contained",
            "-p:PublishSingleFile=true", "-o", folder);
        Assert.True(exitCode == 0, output);

        var program = Path.Combine(folder, "chia");
        var (code, text, error) =
            Tools.Run("env", "-i", "HOME=" + folder, program, "db", "stats", "--root", Path.Combine(folder, "none"));

        Assert.Contains("none", text + error, StringComparison.Ordinal);
        Assert.Equal(2, code);
        Assert.Equal(0, Tools.Run("env", "-i", "HOME=" + folder, program, "bench", "bls", "--seconds", "1").ExitCode);
    }

    [Fact(Explicit = true)]
    public void The_tool_package_installs_the_command()
    {
        using var temporary = new TempFolder();
        var folder = temporary.Path;
        var (exitCode, output, _) = Tools.Run("dotnet", "pack", Checkout.At("silo"), "-c", "Release", "-o", folder);
        Assert.True(exitCode == 0, output);

        (exitCode, output, _) = Tools.Run("dotnet", "tool", "install", "ChiaOrleans", "--tool-path", folder, "--source", folder);

        Assert.True(exitCode == 0, output);
        Assert.StartsWith("0.", Tools.Run(Path.Combine(folder, "chia"), "--version").Output, StringComparison.Ordinal);
    }
}
