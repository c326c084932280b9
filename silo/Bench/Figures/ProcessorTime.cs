using System.Globalization;

namespace Chia.Silo.Bench.Figures;

/// <summary>What the threads of a process have used, as Linux tells it: by the nanosecond, where a process's own sum comes in
/// hundredths of a second.</summary>
internal static class ProcessorTime
{
    private const double NanosecondsPerMillisecond = 1e6;

    private const string ReadCalls = "syscr: ";

    /// <summary>Processor time of a process's living threads so far, ms.</summary>
    /// <param name="process">Which.</param>
    /// <param name="isCounted">By a thread's name, 15 characters at most; null for all.</param>
    public static double Of(int process, Func<string, bool>? isCounted = null) =>
        Directory.EnumerateDirectories($"/proc/{process}/task").Sum(thread => OfThread(thread, isCounted)) / NanosecondsPerMillisecond;

    /// <summary>Notes what each living thread of a process has used so far, ms, by its folder. What was noted of others stays: a sum over
    /// all that were ever seen does not shrink when one ends.</summary>
    /// <param name="process">Which.</param>
    /// <param name="threads">What was noted before.</param>
    public static void Note(int process, Dictionary<string, double> threads)
    {
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
            threads[thread] = Math.Max(threads.GetValueOrDefault(thread), OfThread(thread, null) / NanosecondsPerMillisecond);
    }

    /// <summary>Calls of <c>read</c> and its like so far, of all threads.</summary>
    /// <param name="process">Which.</param>
    public static long Reads(int process) =>
        long.Parse(
            File.ReadLines($"/proc/{process}/io").First(line => line.StartsWith(ReadCalls, StringComparison.Ordinal))[ReadCalls.Length..],
            CultureInfo.InvariantCulture);

    private static double OfThread(string folder, Func<string, bool>? isCounted)
    {
        try
        {
            return isCounted is not null && !isCounted(File.ReadAllText(Path.Combine(folder, "comm")))
                ? 0
                : double.Parse(File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
