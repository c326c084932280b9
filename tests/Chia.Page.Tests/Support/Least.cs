using System.Globalization;

namespace Chia.Page.Tests.Support;

/// <summary>Measures what the page takes on a machine that does something else as well, which can only make it longer.</summary>
internal static class Least
{
    private const int Attempts = 12;

    /// <summary>Nanoseconds that this thread ran, and that it waited to run; Linux only.</summary>
    private const string Waits = "/proc/thread-self/schedstat";

    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(100);

    /// <summary>The least of several measurements, less what was waited for a core meanwhile; the first that keeps what is promised is
    /// the last.</summary>
    public static async Task<TimeSpan> Of(Func<Task<TimeSpan>> measure, TimeSpan promised)
    {
        var least = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > promised; attempt++)
        {
            var share = ShareOfACore();
            var took = await measure();
            share = (share + ShareOfACore()) / 2;
            least = took * share < least ? took * share : least;
        }

        return least;
    }

    /// <summary>Of the time in which a thread would run, the part in which it does: 1 on a machine that does nothing else.</summary>
    private static double ShareOfACore()
    {
        if (!File.Exists(Waits))
            return 1;
        var share = 1.0;
        var probe = new Thread(() =>
        {
            var before = Read();
            var began = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(began) < Probe)
                Thread.SpinWait(1000);
            var after = Read();
            share = (after.Ran - before.Ran) / Math.Max(1, after.Ran - before.Ran + after.Waited - before.Waited);
        });
        probe.Start();
        probe.Join();
        return share;
    }

    private static (double Ran, double Waited) Read()
    {
        var numbers = File.ReadAllText(Waits).Split(' ');
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
