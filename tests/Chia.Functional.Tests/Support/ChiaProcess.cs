using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Chia.Functional.Tests.Support;

/// <summary>The built program as a child process. It does not outlive the test.</summary>
internal sealed partial class ChiaProcess : IAsyncDisposable
{
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private const int SigStop = 19;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "chia.dll");

    /// <summary>What is run.</summary>
    public static string ProgramFile => Program;

    private readonly Process _process;
    private readonly Task _exited;
    private readonly Lock _lock = new();
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Who runs tests in the background of a shell, or under nohup, ignores Ctrl-C and what else a terminal signals, and so does whatever
    /// they start: the program is to find these signals as a person's shell leaves them. GNU's env can do that.
    /// </summary>
    private static readonly string[] WithUsualSignals = HasGnuEnv() ? ["env", "--default-signal=INT,QUIT,HUP", "dotnet"] : ["dotnet"];

    private ChiaProcess(string[] arguments, params (string Name, string Value)[] environment)
        : this(WithUsualSignals[0], [.. WithUsualSignals[1..], Program, .. arguments], environment)
    {
    }

    private ChiaProcess(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start =
            new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _exited = _process.WaitForExitAsync();
    }

    public string Output => Read(_out);

    public string Error => Read(_error);

    public int Id => _process.Id;

    public bool HasExited => _exited.IsCompleted;

    public static ChiaProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Starts it with an environment variable more.</summary>
    public static ChiaProcess StartWith((string Name, string Value) variable, params string[] arguments) => new(arguments, variable);

    /// <summary>Starts it with environment variables more.</summary>
    public static ChiaProcess StartWith((string Name, string Value)[] variables, params string[] arguments) => new(arguments, variables);

    /// <summary>Runs it to its end.</summary>
    public static async Task<ChiaResult> Run(params string[] arguments)
    {
        await using var process = new ChiaProcess(arguments);
        return new ChiaResult(await process.WaitForExit(), process.Output, process.Error);
    }

    /// <summary>Runs it to its end with another user's rights; root only.</summary>
    public static async Task<ChiaResult> RunAs(int user, params string[] arguments)
    {
        await using var process =
            new ChiaProcess("setpriv", [$"--reuid={user}", $"--regid={user}", "--clear-groups", "dotnet", Program, .. arguments]);
        return new ChiaResult(await process.WaitForExit(), process.Output, process.Error);
    }

    /// <summary>Runs it in a shell, for redirections; the exit code.</summary>
    public static async Task<int> RunInShell(string line, bool replaceShell = true)
    {
        var start = new ProcessStartInfo("/bin/sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{(replaceShell ? "exec " : "")}dotnet '{Program}' {line}");
        using var process = System.Diagnostics.Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within("the end of the process");
        return process.ExitCode;
    }

    /// <summary>The line that begins with <c>ready</c>.</summary>
    public async Task<string> WaitUntilReady()
    {
        if (await Task.WhenAny(_ready.Task, _exited).Within("the line 'ready'") == _exited && !_ready.Task.IsCompleted)
            Assert.Fail($"ended with {_process.ExitCode} before it was ready: {Error}");
        return await _ready.Task;
    }

    /// <summary>The exit code.</summary>
    public async Task<int> WaitForExit(TimeSpan? deadline = null)
    {
        try
        {
            await _exited.Within("the end of the process", deadline);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message}; it wrote: {Output}{Error}");
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to stop.</summary>
    public void Terminate() => Assert.Equal(0, Kill(_process.Id, SigTerm));

    /// <summary>Asks it to stop, and it does, in order.</summary>
    public async Task EndInOrder()
    {
        Terminate();
        Assert.Equal(0, await WaitForExit());
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, SigInt));

    /// <summary>Its terminal is closed.</summary>
    public void HangUp() => Assert.Equal(0, Kill(_process.Id, SigHup));

    /// <summary>Stops all its threads where they are; its connections stay.</summary>
    public void Freeze() => Assert.Equal(0, Kill(_process.Id, SigStop));

    /// <summary>Ends it with no chance to do anything.</summary>
    public async Task KillHard()
    {
        _process.Kill();
        await _exited.Within("the end of the killed process");
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
            _process.Kill();
        await _exited;
        _process.Dispose();
    }

    private static bool HasGnuEnv()
    {
        using var env = Process.Start(
            new ProcessStartInfo("env", ["--default-signal=INT", "true"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        env.WaitForExit();
        return env.ExitCode == 0;
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (_lock)
            text.AppendLine(line);
        if (ReferenceEquals(text, _out) && line.StartsWith("ready ", StringComparison.Ordinal))
            _ready.TrySetResult(line);
    }

    private string Read(StringBuilder text)
    {
        lock (_lock)
            return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}

/// <summary>What a run of the program left behind.</summary>
internal sealed record ChiaResult(int ExitCode, string Output, string Error)
{
    /// <summary>The value of a <c>name=value</c> pair of the output.</summary>
    public string this[string name] =>
        Output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Single(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    public ChiaResult MustSucceed() => Must(0);

    public ChiaResult Must(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}: {Output}{Error}");
        return this;
    }

    /// <summary>Wrong usage and the like: exit code 2 and one clear line, no page of stack trace.</summary>
    public string MustComplain()
    {
        Must(2);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith("chia: ", line, StringComparison.Ordinal);
        return line;
    }
}
