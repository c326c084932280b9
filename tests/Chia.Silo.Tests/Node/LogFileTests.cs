using System.Text.Json;
using Chia.Silo.Node;
using Chia.Testing;
using Microsoft.Extensions.Logging;

namespace Chia.Silo.Tests.Node;

/// <summary>Log lines in files that follow each other (OPERATIONS 5).</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "logs", "chia.log");

    [Fact]
    public void Long_files_are_followed_by_others_and_the_oldest_go()
    {
        var settings = new LogSettings { File = FilePath, FileBytes = 2_000, Files = 3 };
        using (var file = new LogFile(settings, TimeProvider.System))
        {
            var log = file.CreateLogger("Chia.Test");
            for (var i = 0; i < 200; i++)
                log.Log(LogLevel.Information, default, i, null, (state, _) => $"line {state}");
        }

        var files = Directory.GetFiles(Path.GetDirectoryName(FilePath)!);
        Assert.Equal(3, files.Length);
        Assert.All(files, path => Assert.InRange(new FileInfo(path).Length, 1, 2_100));
        var lines = files.SelectMany(File.ReadAllLines).Order(StringComparer.Ordinal).ToList();
        Assert.Contains(lines, line => line.EndsWith("info Chia.Test: line 199", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.EndsWith(": line 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_hosts_share_a_file_under_their_names()
    {
        using (var file = new LogFile(new LogSettings { File = FilePath, Format = LogFormat.Json }, TimeProvider.System))
        {
            using var one = LoggerFactory.Create(file.For("one"));
            using var two = LoggerFactory.Create(file.For("two"));
            one.CreateLogger("Chia.A").LogWarning("a");
            two.CreateLogger("Chia.B").LogWarning("b");
        }

        Assert.Equal(
            ["one A a", "two B b"],
            File.ReadAllLines(FilePath).Select(line => JsonDocument.Parse(line).RootElement)
                .Select(l => $"{l.GetProperty("host")} {l.GetProperty("category")} {l.GetProperty("message")}"));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_at_once() =>
        Assert.Contains(
            _folder.Path,
            Assert.Throws<UserException>(() => new LogFile(new LogSettings { File = _folder.Path }, TimeProvider.System)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_pipe_that_nobody_reads_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no named pipes here");
        var pipe = _folder.File("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            make.WaitForExit();
        Assert.Contains(
            "is a pipe",
            Assert.Throws<UserException>(() => new LogFile(new LogSettings { File = pipe }, TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_costs_the_line_and_no_more()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full here");
        using var file = new LogFile(new LogSettings { File = "/dev/full" }, TimeProvider.System);
        file.CreateLogger("Chia.Test").LogWarning("lost");
    }

    public void Dispose() => _folder.Dispose();
}
