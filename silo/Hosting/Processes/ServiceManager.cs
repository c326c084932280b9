using Microsoft.Extensions.Hosting.Systemd;

namespace Chia.Silo.Hosting.Processes;

/// <summary>Tells systemd how far a process has come, where it asked to be told (a unit of <c>Type=notify</c>); else does
/// nothing.</summary>
internal static class ServiceManager
{
    private static readonly SystemdNotifier Notifier = new();

    /// <summary>
    /// Tells that everything listens, so that what waits for this process may start; and, once it is told to stop, tells that too.
    /// </summary>
    public static void NoteReady(IHostApplicationLifetime lifetime)
    {
        Note(ServiceState.Ready);
        lifetime.ApplicationStopping.Register(() => Note(ServiceState.Stopping));
    }

    private static void Note(ServiceState state)
    {
        if (Notifier.IsEnabled)
            Notifier.Notify(state);
    }
}
