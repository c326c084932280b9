using System.Diagnostics;
using System.Reflection.PortableExecutable;
using Chia.Testing;

namespace Chia.Deploy.Tests;

/// <summary>
/// The program as it is handed out. Takes minutes, so it runs when asked for: <c>dotnet run --project tests/Chia.Deploy.Tests --
/// -explicit only</c>.
/// </summary>
public sealed class PublishedTests : IDisposable
{
    /// <summary>Of an ELF header: where the machine stands that its code is for.</summary>
    private const int MachineAt = 18;

    private const ushort Arm64 = 0xB7;

    private readonly TempFolder _temporary = new();

    private string Folder => _temporary.Path;

    public void Dispose() => _temporary.Dispose();

    [Theory(Explicit = true)]
    [InlineData("false")]
    [InlineData("true")]
    public void One_file_runs_without_dotnet(string compiledAhead)
    {
        Publish(
            "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true", $"-p:PublishReadyToRun={compiledAhead}");

        string[] chia = ["env", "-i", "HOME=" + Folder, Path.Combine(Folder, "chia")];
        Runs(chia);
        Assert.Equal(0, Run([.. chia, "bench", "bls", "--seconds", "1"]).ExitCode);
        Assert.Equal(0, Run([.. chia, "bench", "start", "--starts", "1"]).ExitCode);
    }

    [Fact(Explicit = true)]
    public void A_folder_runs_with_dotnet()
    {
        Publish();
        Runs("dotnet", Path.Combine(Folder, "chia.dll"));
        Runs(Path.Combine(Folder, "chia"));
        using var image = new PEReader(File.OpenRead(Path.Combine(Folder, "Orleans.Core.dll")));
        Assert.Equal(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size); // of any machine
    }

    [Fact(Explicit = true)]
    public void A_file_for_another_kind_of_machine_is_made()
    {
        Publish("-r", "linux-arm64", "--self-contained", "-p:PublishSingleFile=true");
        using var program = new BinaryReader(File.OpenRead(Path.Combine(Folder, "chia")));
        program.BaseStream.Position = MachineAt;
        Assert.Equal(Arm64, program.ReadUInt16());
    }

    [Fact(Explicit = true)]
    public void The_tool_package_installs_the_command()
    {
        Succeed("dotnet", "pack", Checkout.At("silo"), "-c", "Release", "-o", Folder);
        Succeed("dotnet", "tool", "install", "ChiaOrleans", "--tool-path", Folder, "--source", Folder);
        Runs(Path.Combine(Folder, "chia"));
    }

    /// <summary>Without the network, say: the build says so, and goes on.</summary>
    [Fact(Explicit = true)]
    public void A_build_that_cannot_have_the_compiler_says_so_in_one_line()
    {
        var output = Succeed(
            "dotnet", "msbuild", Checkout.At("silo"), "-t:CompileAhead", "-p:Configuration=Release",
            "-p:AheadCompilerPackage=There.Is.None", "-v:minimal", "-nologo");
        Assert.Equal(
            "There.Is.None",
            Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Trim().Split(' ')[0]);
    }

    private void Publish(params string[] options) =>
        Succeed(["dotnet", "publish", Checkout.At("silo"), "-c", "Release", "-o", Folder, .. options]);

    /// <summary>It says its version, starts a node until that is ready, and a network until its first line.</summary>
    private void Runs(params string[] chia)
    {
        Assert.StartsWith("0.", Succeed([.. chia, "--version"]), StringComparison.Ordinal);
        string[] start = ["start", "full_node", "--root", Path.Combine(Folder, "node"), "--introducer", "none", "--host", "127.0.0.1"];
        Assert.StartsWith("ready port=", FirstLine([.. chia, .. start, "--port", "0", "--rpc-port", "0"]), StringComparison.Ordinal);
        Assert.NotEmpty(FirstLine([.. chia, "simulate", "--root", Path.Combine(Folder, "network"), "--nodes", "1", "--plots", "1"]));
    }

    private static string FirstLine(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadLine();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return line ?? "";
    }

    private static string Succeed(params string[] command)
    {
        var (exitCode, output, error) = Run(command);
        Assert.True(exitCode == 0, $"{string.Join(' ', command)}: {output}{error}");
        return output;
    }

    private static (int ExitCode, string Output, string Error) Run(string[] command) => Tools.Run(command[0], command[1..]);
}
