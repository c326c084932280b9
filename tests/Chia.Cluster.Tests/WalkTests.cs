using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Support;
using Chia.Silo.Hosting;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>
/// docs/operations.md leads from nothing to a cluster of three silos and two gateways: its commands are typed into a shell one after the
/// other, and what they print is compared (… stands for anything). Database and ports are the test's.
/// </summary>
public sealed partial class WalkTests
{
    /// <summary>Ports of the document; those of the other processes are up to so much above them.</summary>
    private static readonly int[] Bases = [8444, 8555, 11111, 30000];

    private const int PortsOfAll = 50;

    private const string Database = "Host=127.0.0.1;Username=chia;Password=chia;Database=chia";

    [Fact]
    public async Task Every_step_does_what_it_says()
    {
        using var folder = new TempFolder();
        var (database, ports) = (await DatabaseServer.CreateDatabase(), Bases.Select(_ => FreePorts.FindRun(PortsOfAll)).ToArray());
        string Ours(string text) =>
            Number().Replace(text.Replace(Database, database, StringComparison.Ordinal), found => Port(found.Value, ports));
        var walk = Walk();
        var file = Yaml().Match(walk).Groups[1].Value;
        Assert.StartsWith("# cluster.yaml\n", file);
        await File.WriteAllTextAsync(
            folder.File("cluster.yaml"), Ours(file) + Ours("listen: { silo_port: 11111, client_port: 30000, http_port: 8555 }\n"),
            TestContext.Current.CancellationToken);
        using var shell = new TypedShell(folder.Path);
        var steps = Step().Matches(walk);
        Assert.True(steps.Count >= 6);
        foreach (Match step in steps)
        {
            var began = TimeProvider.System.GetTimestamp();
            foreach (var line in step.Groups["commands"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                shell.Type(Ours(line));
            await shell.Prints(step.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s: {step.Groups["commands"].Value.Split('\n')[0]}");
        }

        shell.Type("kill $(jobs -p); wait; echo all have ended");
        await shell.Prints(["all have ended"]);
    }

    /// <summary>A number of the document that is a port, or so much above one.</summary>
    private static string Port(string number, int[] ports)
    {
        var value = int.Parse(number, CultureInfo.InvariantCulture);
        var at = Array.FindIndex(Bases, first => value >= first && value < first + PortsOfAll);
        return at < 0 ? number : (ports[at] + value - Bases[at]).ToString(CultureInfo.InvariantCulture);
    }

    private static string Walk()
    {
        var text = Checkout.Read("docs", "operations.md");
        var from = text.IndexOf("#### From nothing to", StringComparison.Ordinal);
        return text[from..text.IndexOf("#### A simulation", from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("```sh\n(?<commands>(.+\n)+?)```\n\n```text\n(?<output>(.+\n)+?)```")]
    private static partial Regex Step();

    [GeneratedRegex("```yaml\n((.+\n)+?)```")]
    private static partial Regex Yaml();

    [GeneratedRegex("(?<![0-9.])[0-9]{4,5}(?![0-9])")]
    private static partial Regex Number();

    /// <summary>A shell that is typed into, with the program as <c>chia</c>.</summary>
    private sealed class TypedShell : IDisposable
    {
        private readonly Process _shell;
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];
        private int _read;

        public TypedShell(string folder)
        {
            var program = Path.Combine(folder, "bin", "chia");
            Directory.CreateDirectory(Path.GetDirectoryName(program)!);
            File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{ChiaProcess.ProgramFile}' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            // With jobs, as a person's shell has them.
            _shell = new Process
            {
                StartInfo = new ProcessStartInfo("bash", ["-m"])
                {
                    WorkingDirectory = folder,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                },
            };
            _shell.OutputDataReceived += (_, line) => Take(line.Data);
            _shell.ErrorDataReceived += (_, line) => Take(line.Data);
            _shell.Start();
            _shell.BeginOutputReadLine();
            _shell.BeginErrorReadLine();
            Type($"PATH='{Path.GetDirectoryName(program)}':$PATH");
        }

        public void Type(string line) => _shell.StandardInput.WriteLine(line);

        /// <summary>Waits until the lines are printed, in this order.</summary>
        public async Task Prints(string[] wanted)
        {
            foreach (var line in wanted)
            {
                var pattern = "^" + string.Join(".*", line.Split('…').Select(Regex.Escape)) + "$";
                await Poll.Until(() => Task.FromResult(Find(pattern)), () => $"'{line}' is not printed:\n{All()}");
            }
        }

        public void Dispose()
        {
            if (!_shell.HasExited)
            {
                Type("kill -9 $(jobs -p) 2>/dev/null; exit");
                _shell.WaitForExit();
            }

            _shell.Dispose();
        }

        private bool Find(string pattern)
        {
            lock (_lock)
            {
                var at = _lines.FindIndex(_read, line => Regex.IsMatch(line.TrimEnd(), pattern));
                if (at < 0)
                    return false;
                _read = at + 1;
                return true;
            }
        }

        private void Take(string? line)
        {
            if (line is null)
                return;
            lock (_lock)
                _lines.Add(line);
        }

        private string All()
        {
            lock (_lock)
                return string.Join('\n', _lines);
        }
    }
}
