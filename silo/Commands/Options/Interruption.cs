using System.Runtime.InteropServices;

namespace Chia.Silo.Commands.Options;

/// <summary>Ends long work in an orderly way when the process is told to stop: Ctrl-C, a service manager, a terminal that is
/// closed.</summary>
internal static class Interruption
{
    /// <summary>As shells report a program that was interrupted.</summary>
    public const int ExitCode = 130;

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    /// <summary>A terminal that is closed stops a host as Ctrl-C does, which the host itself sees to.</summary>
    public static PosixSignalRegistration OnHangup(Action stop) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        stop();
    });

    /// <summary>Runs work, on a thread of the pool, whose token is cancelled by such a signal.</summary>
    public static async Task<int> Run(Func<CancellationToken, Task<int>> work, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var registrations = Signals.Select(signal => PosixSignalRegistration.Create(signal, Stop)).ToList();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }

        try
        {
            return await Task.Run(() => work(stopping.Token), CancellationToken.None);
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }
}
