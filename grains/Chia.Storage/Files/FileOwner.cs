using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chia.Storage.Files;

/// <summary>
/// Who owns a file. One that is replaced is a new file, which belongs to whoever writes it: root must not take a user's keys away from
/// them, nor a group its file.
/// </summary>
internal readonly record struct FileOwner(uint User, uint Group)
{
    /// <summary>chown(2): leave it as it is.</summary>
    private const uint Unchanged = uint.MaxValue;

    // statx(2): the same on every architecture, unlike stat(2). AT_FDCWD, STATX_UID | STATX_GID, and where they are in the answer.
    private const int CurrentFolder = -100;
    private const uint UserAndGroup = 0x18;
    private const int AnswerSize = 256;
    private const int UserAt = 20;
    private const int GroupAt = 24;

    /// <summary>User and group that this process runs as; null where that cannot be told.</summary>
    internal static FileOwner? OfProcess => Of("/proc/self");

    /// <summary>Owner and group of what a path leads to; null where that cannot be told (Windows, macOS) or there is nothing.</summary>
    internal static FileOwner? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var answer = new byte[AnswerSize];
        return Status(CurrentFolder, path, 0, UserAndGroup, answer) == 0
            ? new FileOwner(Number(answer, UserAt), Number(answer, GroupAt))
            : null;
    }

    /// <summary>Gives an open file to this owner. False if that is not allowed.</summary>
    internal bool TryGive(SafeFileHandle file) => ChangeOwner(file, User, Group) == 0;

    /// <summary>Gives an open file to this group only. False if that is not allowed.</summary>
    internal bool TryGiveGroup(SafeFileHandle file) => ChangeOwner(file, Unchanged, Group) == 0;

    private static uint Number(byte[] answer, int at) =>
        BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(at))
            : BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(at));

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] answer);

    [DllImport("libc", EntryPoint = "fchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(SafeFileHandle file, uint user, uint group);
}
