using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;
using Chia.Silo.Node;

namespace Chia.Architecture.Tests;

/// <summary>What must not stand in the source of rooms: a second build of it, a clock of its own, a sleep.</summary>
public sealed partial class SourceRuleTests
{
    private const string Silo = "silo/";

    private static IEnumerable<string> BelowTheSilo => Repository.RoomSources.Where(f => !f.StartsWith(Silo, StringComparison.Ordinal));

    [Fact]
    public void What_is_tested_is_what_runs() =>
        Findings.None(Repository.RoomSources.SelectMany(f => Found(f, Repository.Read(f), Conditional())));

    /// <summary>A line fits on a screen; a message or a pattern that is longer stays whole, so that it can be searched for.</summary>
    [Fact]
    public void Lines_end_before_140_characters() =>
        Findings.None(Repository.RoomSources.Concat(Repository.TestSources).SelectMany(f => LongLines(f, Repository.Read(f))));

    private static IEnumerable<string> LongLines(string file, string text)
    {
        var (isRaw, number) = (false, 0);
        foreach (var line in text.Split('\n'))
        {
            number++;
            var marks = line.Split("\"\"\"").Length - 1;
            if (line.Length >= 140 && !isRaw && marks == 0 && !LongLiteral().IsMatch(line))
                yield return $"{file}:{number}: {line.Length} characters";
            isRaw ^= marks % 2 == 1;
        }
    }

    [GeneratedRegex("\"[^\"]{50,}")]
    private static partial Regex LongLiteral();

    [Fact]
    public void Time_comes_from_a_time_provider() =>
        Findings.None(BelowTheSilo.SelectMany(ClocksIn));

    /// <summary>Where a time of day is meant: blocks carry one, logs and the address book keep one, people read one.</summary>
    private static readonly string[] AskForTheTimeOfDay =
    [
        "gateway/Broadcasts/BroadcastReceiver.cs",
        "grains/Chia.Grains/Broadcast/BroadcastGrain.cs",
        "grains/Chia.Grains/Chain/ChainAnswers.cs", "grains/Chia.Grains/Chain/CommittedChain.cs",
        "grains/Chia.Grains/Events/EventGrain.cs", "grains/Chia.Grains/Events/ObservingFilter.cs",
        "grains/Chia.Grains/FullNode/CandidateHandler.cs", "grains/Chia.Grains/Peers/BookKeeper.cs",
        "grains/Chia.Grains/Sync/SyncWatch.cs",
        "grains/Chia.Grains/Sync/SyncWork.cs",
        "silo/Bench/Chains/ChainValidation.cs", "silo/Commands/Questions/StatusCommand.cs", "silo/Networks/NetworkMaker.cs",
        "silo/Node/LineLogger.cs", "silo/Node/LogLineFormatter.cs", "silo/Status/StatusReader.cs",
    ];

    [Fact]
    public void Only_where_it_is_meant_is_the_time_of_day_asked_for() =>
        Assert.Equal(
            AskForTheTimeOfDay, Repository.RoomSources.Where(f => Repository.Read(f).Contains("GetUtcNow(", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    /// <summary>Where chance is begun: a secret of this process, spreading what many would do at once, a choice that no one may foresee.
    /// Everything else is given its chance, and so can be run again.</summary>
    private static readonly string[] BeginChance =
    [
        "gateway/Connections/Entry/InboundPlaces.cs", "gateway/Dialling/Backoff.cs", "grains/Chia.Grains/Peers/PeerDirectoryGrain.cs",
        "grains/Chia.Grains/Sync/SyncGrain.cs", "grains/Chia.Storage/Ports/LastingPorts.cs", "silo/Simulation/SimulationRun.cs",
    ];

    [Fact]
    public void Only_where_it_is_meant_is_chance_begun() =>
        Assert.Equal(
            BeginChance,
            Repository.RoomSources.Concat(Repository.TestSources).Where(f => Chance().IsMatch(SourceText.Code(Repository.Read(f))))
                .Order(StringComparer.Ordinal));

    /// <summary>What is left to do stands where work is planned; what the compiler warns of is mended, or is right and says why.</summary>
    [Fact]
    public void Sources_hold_no_notes_to_self_and_no_silence_without_a_reason() =>
        Findings.None(
            Repository.RoomSources.Concat(Repository.TestSources).SelectMany(
                f => Note().Matches(Repository.Read(f)).Select(m => $"{f}: {m.Value.Trim()}")));

    [Theory]
    [InlineData("var a = 1; // TO" + "DO: later", 1)]
    [InlineData("/// <summary>FIX" + "ME.</summary>", 1)]
    [InlineData("#pragma warning " + "disable CA1822\n", 1)]
    [InlineData("#pragma warning " + "disable CA1822 // An interface's, and told so.\n", 0)]
    [InlineData("catch { " + "}", 1)]
    [InlineData("catch (IOException) { " + "}", 1)]
    [InlineData("catch (IOException) { /* It is gone already. */ }", 0)]
    public void A_note_or_a_silence_is_found(string source, int expected) => Assert.Equal(expected, Note().Count(source));

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HAC[K]|XX[X])\b|^[ \t]*#pragma warning disable[^/\r\n]*$|\bcatch(\s*\([^)]*\))?\s*\{\s*\}", RegexOptions.Multiline)]
    private static partial Regex Note();

    [GeneratedRegex(@"\bRandom\s*\.\s*Shared\b|\bnew\s+Random\s*\(\s*\)")]
    private static partial Regex Chance();

    /// <summary>Whoever filters or counts log lines by number must find one kind of line behind each.</summary>
    [Fact]
    public void Every_kind_of_log_line_has_a_number_of_its_own() =>
        Findings.None(
            Repository.RoomSources.SelectMany(f => LogNumber().Matches(Repository.Read(f)).Select(m => m.Groups[1].Value))
                .CountBy(number => number).Where(number => number.Value > 1).Select(number => $"{number.Key}: {number.Value} kinds"));

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+)")]
    private static partial Regex LogNumber();

    [Fact]
    public void No_test_sleeps() =>
        Findings.None(Repository.TestSources.SelectMany(f => Found(f, Repository.Read(f), Sleep())));

    /// <summary>Tests of real processes look again and again, until a deadline. All others have a clock of their own and
    /// signals.</summary>
    [Fact]
    public void Only_tests_of_processes_wait_for_time_to_pass() =>
        Findings.None(
            Repository.TestSources.Where(f => !OfProcesses.Any(f.StartsWith)).SelectMany(f => DelaysWithoutTime(f, Repository.Read(f))));

    private static readonly string[] OfProcesses = ["tests/Chia.Functional.Tests/", "tests/Chia.Cluster.Tests/", "tests/Chia.Page.Tests/"];

    /// <summary>What is no task, or a completed one.</summary>
    private static readonly string[] WaitsForNothing =
    [
        "gateway/Connections/Queues/OutboundQueue.cs: writing.Result",
        "grains/Chia.Grains/Events/ObservingFilter.cs: context.Result",
    ];

    [Fact]
    public void No_thread_waits_for_a_task() =>
        Findings.None(Repository.RoomSources.SelectMany(f => Found(f, Repository.Read(f), Blocking())).Except(WaitsForNothing));

    [Fact]
    public void Names_do_not_say_that_they_are_asynchronous() =>
        Findings.None(Repository.RoomSources.Concat(Repository.TestSources).SelectMany(f => SuffixesIn(f, Repository.Read(f))));

    /// <summary>Members of interfaces that others made.</summary>
    private static readonly string[] OfOthers =
    [
        "DisposeAsync", "InitializeAsync", "StartingAsync", "StartAsync", "StartedAsync", "StoppingAsync", "StopAsync", "StoppedAsync",
        "ReadStateAsync", "WriteStateAsync", "ClearStateAsync", "BindAsync", "UnbindAsync", "AcceptAsync", "GetQueueMessagesAsync",
        "MessagesDeliveredAsync",
        "QueueMessageBatchAsync", "CheckHealthAsync", "ExecuteAsync", "WriteAsync", "FlushAsync", "ReadAsync", "InvokeAsync",
        "ConnectAsync",
    ];

    [Theory]
    [InlineData("class A\n{\n#if ORLEANS\n#endif\n}")]
    [InlineData("  # if DEBUG")]
    [InlineData("#elif X")]
    public void A_conditional_compilation_is_found(string source) => Assert.NotEmpty(Found("a.cs", source, Conditional()));

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = DateTimeOffset.Now;")]
    [InlineData("System.Threading.Thread.Sleep(1);")]
    [InlineData("new PeriodicTimer(TimeSpan.FromSeconds(1))")]
    [InlineData("var x = new System.Threading.Timer(_ => { });")]
    public void A_clock_of_its_own_is_found(string source) => Assert.Single(Found("a.cs", source, Clock()));

    [Theory]
    [InlineData("await Task.Delay(100);", 1)]
    [InlineData("await Task.Delay(wait, stopping);", 1)]
    [InlineData("await Task.Delay(Pause(a, b), stopping);", 1)]
    [InlineData("await Task.Delay(wait, services.Time, stopping);", 0)]
    [InlineData("await Task.Delay(wait,\n    _time);", 0)]
    public void A_delay_by_the_wall_clock_is_found(string source, int expected) =>
        Assert.Equal(expected, DelaysWithoutTime("a.cs", source).Count());

    [Theory]
    [InlineData("var a = work.Result;", 1)]
    [InlineData("Work().GetAwaiter().GetResult();", 1)]
    [InlineData("work.Wait();", 1)]
    [InlineData("Monitor.Wait(_gate); _waiting.Wait(); var r = answer.Results;", 0)]
    public void A_wait_for_a_task_is_found(string source, int expected) =>
        Assert.Equal(expected, Found("a.cs", source, Blocking()).Count());

    [Theory]
    [InlineData("public async Task<int> CountAsync(int a)", 1)]
    [InlineData("private ValueTask SendAsync()", 1)]
    [InlineData("public override Task OnActivateAsync(CancellationToken c)", 0)]
    [InlineData("public ValueTask DisposeAsync() => default;", 0)]
    [InlineData("await stream.ReadAsync(buffer);", 0)]
    public void A_suffix_is_found(string source, int expected) => Assert.Equal(expected, SuffixesIn("a.cs", source).Count());

    [Theory]
    [InlineData("// DateTime.UtcNow is not for us")]
    [InlineData("/* Thread.Sleep(1) */")]
    [InlineData("var a = \"DateTime.UtcNow\";")]
    [InlineData("var a = @\"a\"\" DateTime.UtcNow\";")]
    [InlineData("var a = $$\"\"\" DateTime.UtcNow \"\"\";")]
    [InlineData("var a = '\"'; // DateTime.UtcNow")]
    public void Prose_is_no_code(string source) => Assert.Empty(Found("a.cs", source, Clock()));

    private static IEnumerable<string> ClocksIn(string file)
    {
        var source = Repository.Read(file);
        return Found(file, source, Clock()).Concat(DelaysWithoutTime(file, source));
    }

    private static IEnumerable<string> SuffixesIn(string file, string source) =>
        Suffix().Matches(SourceText.Code(source)).Select(m => m.Groups["name"].Value).Except(OfOthers).Select(name => $"{file}: {name}");

    private static IEnumerable<string> Found(string file, string source, Regex forbidden) =>
        forbidden.Matches(SourceText.Code(source)).Select(m => $"{file}: {m.Value.Trim()}");

    /// <summary>Calls of Task.Delay none of whose arguments is named like a time provider.</summary>
    private static IEnumerable<string> DelaysWithoutTime(string file, string source)
    {
        var code = SourceText.Code(source);
        return Delay().Matches(code)
            .Select(m => Arguments(code, m.Index + m.Length))
            .Where(arguments => !Provider().IsMatch(arguments))
            .Select(arguments => $"{file}: Task.Delay({arguments})");
    }

    private static string Arguments(string code, int start)
    {
        var depth = 1;
        var end = start;
        for (; end < code.Length && depth > 0; end++)
            depth += code[end] switch { '(' => 1, ')' => -1, _ => 0 };
        return code[start..Math.Max(start, end - 1)];
    }

    [GeneratedRegex(@"^[ \t]*#[ \t]*(if|elif|else)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"\bDateTime(Offset)?\s*\.\s*(UtcNow|Now|Today)\b|\bThread\s*\.\s*Sleep\b|\bnew\s+([\w.]+\.)?(PeriodicTimer|Timer)\s*\(|\bEnvironment\.TickCount")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b")]
    private static partial Regex Sleep();

    /// <summary>A task's result or end, waited for. A semaphore of threads is what it is: its name says that it is waited on.</summary>
    [GeneratedRegex(@"\b\w+\.Result\b(?!\s*[({=])|\.GetAwaiter\(\)\s*\.GetResult\(\)|(?<!\bMonitor)(?<!\b_waiting)\.Wait\(\s*\)")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"^[ \t]*(?!.*\boverride\b)(?:(?:public|private|internal|protected|static|async)\s+)+(?:Task|ValueTask)(?:<[^;={}()]*>)?\s+(?<name>\w+Async)\s*[(<]", RegexOptions.Multiline)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\bTask\s*\.\s*Delay\s*\(")]
    private static partial Regex Delay();

    [GeneratedRegex(@",\s*[\w.]*(time|Time|Time(Provider)?\.System)\s*(,|$)")]
    private static partial Regex Provider();
}
