using Microsoft.Extensions.Hosting.Systemd;

namespace Chia.Silo.Hosting;

/// <summary>Tells systemd how far a process has come, where it asked to be told (a unit of <c>Type=notify</c>); else does
/// nothing.</summary>
internal static class ServiceManager
{
    private static readonly SystemdNotifier Notifier = new();

    /// <summary>Everything listens: what waits for this process may start.</summary>
    public static void NoteReady() => Note(ServiceState.Ready);

    /// <summary>It was told to stop, and is handing over.</summary>
    public static void NoteStopping() => Note(ServiceState.Stopping);

    private static void Note(ServiceState state)
    {
        if (Notifier.IsEnabled)
            Notifier.Notify(state);
    }
}
