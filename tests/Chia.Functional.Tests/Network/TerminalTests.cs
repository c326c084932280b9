using System.Diagnostics;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests.Network;

/// <summary>A simulation on a terminal (OPERATIONS 7). util-linux' <c>script</c> makes one, and writes down what is sent to it.</summary>
public sealed class TerminalTests
{
    private const string Script = "/usr/bin/script";
    private const string OtherScreen = "\e[?1049h";
    private const string FirstScreen = "\e[?1049l";
    private const string Home = "\e[H";
    private const int Rows = 24;
    private const int Columns = 80;

    [Fact]
    public async Task It_keeps_to_its_window_and_leaves_nothing_and_a_dumb_terminal_gets_plain_lines()
    {
        Assert.SkipUnless(File.Exists(Script), "script of util-linux is not installed: the terminal view is NOT tested on a terminal");
        using var folder = new TempFolder();

        var seen = await OnTerminal("xterm", folder);
        var (begin, end) = (seen.IndexOf(OtherScreen, StringComparison.Ordinal), seen.IndexOf(FirstScreen, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, seen);
        // Before there is anything to show it says what it is at; afterwards what it came to.
        Assert.Contains("a network in ", seen[..begin], StringComparison.Ordinal);
        Assert.Contains("page http://127.0.0.1:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Home, seen[..begin] + seen[end..], StringComparison.Ordinal);
        Assert.Contains("blocks in 00:", seen[end..], StringComparison.Ordinal);
        var pictures = seen[begin..end].Split(Home)[1..];
        Assert.Contains(pictures, picture => picture.Contains("node-1", StringComparison.Ordinal));
        Assert.All(pictures, picture =>
        {
            // The terminal puts a return before each end of line of its own.
            var text = picture.Replace("\e[K", "", StringComparison.Ordinal).Replace("\e[J", "", StringComparison.Ordinal);
            var lines = text.Replace("\r", "", StringComparison.Ordinal).Split('\n');
            Assert.InRange(lines.Length, 1, Rows);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, Columns));
        });

        var plain = await OnTerminal("dumb", folder);
        Assert.DoesNotContain("\e[", plain, StringComparison.Ordinal);
        Assert.Contains("node-1: ", plain, StringComparison.Ordinal);
    }

    /// <summary>What a simulation sends to a terminal of this name until its nodes agree on genesis.</summary>
    private static async Task<string> OnTerminal(string name, TempFolder folder)
    {
        var file = folder.File($"{name}.txt");
        var run = $"stty rows {Rows} cols {Columns}; exec dotnet '{ChiaProcess.ProgramFile}' simulate --root '{folder.File("network")}'"
            + " --nodes 1 --k 17 --plots 2 --blocks 0 --timeout 200 --rpc-port 0 --set constants.discriminant_size_bits=256";
        var start = new ProcessStartInfo(Script, ["-qefc", run, file]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = name;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within("the end of the simulation", TimeSpan.FromMinutes(5));
        var text = await output;
        Assert.True(process.ExitCode == 0, text);
        return text;
    }
}
