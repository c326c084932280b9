using Chia.Functional.Tests.Support;

namespace Chia.Cluster.Tests.Support;

/// <summary>Asks real processes again and again, with a deadline: they tell nobody when they are done.</summary>
internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="isDone">What is waited for.</param>
    /// <param name="tell">For a failed test.</param>
    public static async Task Until(Func<Task<bool>> isDone, Func<string>? tell = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isDone())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline.Length, $"what was waited for did not happen in time: {tell?.Invoke()}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
