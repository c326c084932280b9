using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chia.Silo.Hosting.Processes;

/// <summary>
/// A process of this program that we started. It ends with us, however we end (<see cref="ParentWatch"/>). What it writes beside its
/// log lines is passed on.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const string ReadyWord = "ready ";
    private const string ComplaintWord = "chia: ";
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly Task _exited;
    private readonly Action<string> _log;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _complaint;

    private ChildProcess(ProcessStartInfo start, Action<string> log)
    {
        _log = log;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _exited = _process.WaitForExitAsync();
    }

    /// <summary>Completes when it has ended.</summary>
    public Task Exited => _exited;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its command line; <see cref="ParentWatch.Option"/> is added.</param>
    /// <param name="log">Gets what it writes, but for its log lines.</param>
    public static ChildProcess Start(IReadOnlyList<string> arguments, Action<string> log)
    {
        var start = OwnProgram.Start(OwnProgram.Command, [.. arguments, ParentWatch.Option]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new ChildProcess(start, log);
    }

    /// <summary>The line with which it says that it is ready.</summary>
    /// <exception cref="UserException">It ended before; with what it complained of.</exception>
    public async Task<string> WaitUntilReady(CancellationToken cancellation)
    {
        if (await Task.WhenAny(_ready.Task, _exited).WaitAsync(cancellation) == _ready.Task || _ready.Task.IsCompleted)
            return await _ready.Task;
        throw new UserException(_complaint ?? $"a process of the cluster ended with exit code {_process.ExitCode} before it was ready");
    }

    /// <summary>Tells it to stop, and waits until it has, or kills it when its time is over.</summary>
    public async Task Stop(TimeSpan patience)
    {
        if (!_exited.IsCompleted)
            _ = Signal(_process.Id, SigTerm);
        try
        {
            await _exited.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            await Kill();
        }
    }

    /// <summary>Ends it with no chance to do anything.</summary>
    public Task Kill()
    {
        _process.Kill();
        return _exited;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_exited.IsCompleted)
            await Kill();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        // Its log lines begin with a time, or are JSON; they are in its own file.
        if (line is null or "" || char.IsAsciiDigit(line[0]) || line[0] == '{')
            return;
        _log(line);
        if (line.StartsWith(ComplaintWord, StringComparison.Ordinal))
            _complaint = line[ComplaintWord.Length..];
        if (line.StartsWith(ReadyWord, StringComparison.Ordinal))
            _ready.TrySetResult(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
