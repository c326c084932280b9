using System.Diagnostics;
using System.Text.RegularExpressions;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>docs/tutorial.md does what it says: its commands are run in order, and what they print is compared (… stands for
/// anything).</summary>
public sealed partial class TutorialTests
{
    /// <summary>What all of it may take on a busy machine.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Every_step_does_what_it_says()
    {
        using var folder = new TempFolder();
        var steps = Block().Matches(await File.ReadAllTextAsync(Tutorial(), TestContext.Current.CancellationToken));
        Assert.True(steps.Count >= 6);
        foreach (Match step in steps)
        {
            var output = "";
            foreach (var line in step.Groups["commands"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                output += await Run(line, folder.Path);
            RequireLines(step.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries), output);
        }
    }

    private static async Task<string> Run(string line, string folder)
    {
        Assert.StartsWith("chia ", line);
        var start =
            new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec dotnet '{ChiaProcess.ProgramFile}' {line[5..]}");
        var began = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within(line, Length);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s: {line}");
        Assert.True(process.ExitCode == 0, $"{line}: {process.ExitCode}\n{await error}\n{await output}");
        return await output;
    }

    /// <summary>The lines are there, in this order.</summary>
    private static void RequireLines(string[] wanted, string output)
    {
        var lines = output.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        var at = 0;
        foreach (var line in wanted)
        {
            var pattern = "^" + string.Join(".*", line.Split('…').Select(Regex.Escape)) + "$";
            at = lines.FindIndex(at, l => Regex.IsMatch(l, pattern)) + 1;
            Assert.True(at > 0, $"'{line}' is not printed:\n{output}");
        }
    }

    private static string Tutorial()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "docs", "tutorial.md")))
                return Path.Combine(folder.FullName, "docs", "tutorial.md");
        }

        throw new FileNotFoundException("docs/tutorial.md");
    }

    [GeneratedRegex("```sh\n(?<commands>(.+\n)+?)```\n\n```text\n(?<output>(.+\n)+?)```")]
    private static partial Regex Block();
}
