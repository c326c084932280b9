using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Chia.Storage.Tests.Files;

/// <summary>Runs something with another user's rights to files: on a thread of its own, whose file-system user Linux lets root
/// change.</summary>
internal static class AsUser
{
    internal const string Skip = "other users' rights are NOT TESTED here: only root on Linux may take them";

    internal static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    internal static void Run(uint user, Action action)
    {
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            _ = SetGroup(user);
            _ = SetUser(user);
            try
            {
                action();
            }
            catch (Exception error)
            {
                thrown = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        thrown?.Throw();
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUser(uint user);

    [DllImport("libc", EntryPoint = "setfsgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroup(uint group);
}
