using System.Globalization;

namespace Chia.Cluster.Tests.Figures;

/// <summary>Gives a process a share of a core, by a control group of its own; needs root and groups of version 1 or 2.</summary>
internal sealed class CpuShare : IDisposable
{
    private const string Version1 = "/sys/fs/cgroup/cpu", Version2 = "/sys/fs/cgroup";

    /// <summary>Short, so that a process is not away for long at a time.</summary>
    private const int PeriodMicroseconds = 20_000;

    private readonly string _folder;

    private CpuShare(string folder) => _folder = folder;

    public static bool IsAvailable => Environment.IsPrivilegedProcess && Directory.Exists(Version2);

    public static CpuShare Of(int process, double cores)
    {
        var isVersion1 = Directory.Exists(Version1);
        var share = new CpuShare(Path.Combine(isVersion1 ? Version1 : Version2, $"chia-{process}"));
        Directory.CreateDirectory(share._folder);
        var quota = ((int)(cores * PeriodMicroseconds)).ToString(CultureInfo.InvariantCulture);
        var period = PeriodMicroseconds.ToString(CultureInfo.InvariantCulture);
        if (isVersion1)
        {
            share.Write("cpu.cfs_period_us", period);
            share.Write("cpu.cfs_quota_us", quota);
        }
        else
        {
            share.Write("cpu.max", $"{quota} {period}");
        }

        share.Write("cgroup.procs", process.ToString(CultureInfo.InvariantCulture));
        return share;
    }

    /// <summary>The process must have ended.</summary>
    public void Dispose() => Directory.Delete(_folder);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
