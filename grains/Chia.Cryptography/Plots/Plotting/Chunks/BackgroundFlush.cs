using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>Brings what a file has been given so far to the disk, on a thread of its own, while more is written.</summary>
internal sealed class BackgroundFlush
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _error;

    /// <summary>Begins.</summary>
    public BackgroundFlush(SafeFileHandle file)
    {
        _thread = new Thread(() => Flush(file)) { IsBackground = true, Name = "plot flush" };
        _thread.Start();
    }

    /// <summary>Whether it has ended without an error.</summary>
    public bool IsDone => !_thread.IsAlive && _error is null;

    /// <summary>Waits for the end.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Join()
    {
        WaitForEnd();
        _error?.Throw();
    }

    /// <summary>Waits for the end, however it comes.</summary>
    public void WaitForEnd() => _thread.Join();

    private void Flush(SafeFileHandle file)
    {
        try
        {
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }
    }
}
