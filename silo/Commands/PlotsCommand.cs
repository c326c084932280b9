using System.CommandLine;
using System.Runtime.InteropServices;

namespace Chia.Silo.Commands;

/// <summary><c>chia plots create|check</c>.</summary>
internal static class PlotsCommand
{
    /// <summary>As shells report a program that was interrupted.</summary>
    public const int InterruptedExitCode = 130;

    public static Command Create() =>
        new("plots", "Plots: make them, check them.") { PlotsCreateCommand.Create(), PlotsCheckCommand.Create() };

    public static Option<string?> Folder(string description) => new("--dir") { Description = description, HelpName = "DIR" };

    /// <summary>Runs long work that an interrupt ends in an orderly way.</summary>
    public static int Interruptible(Func<CancellationToken, int> work, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }

        return work(stopping.Token);
    }
}
