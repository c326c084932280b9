namespace Chia.Functional.Tests.Support;

/// <summary>How long a test waits for what must happen: far longer than it ever takes, so that a busy machine fails no test.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(4);

    /// <summary>Fails with what was waited for.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string what, TimeSpan? deadline = null)
    {
        var length = deadline ?? Length;
        try
        {
            return await task.WaitAsync(length, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not within {length.TotalSeconds} s: {what}");
        }
    }

    /// <summary>Fails with what was waited for.</summary>
    public static async Task Within(this Task task, string what, TimeSpan? deadline = null) => await Wrap(task).Within(what, deadline);

    private static async Task<bool> Wrap(Task task)
    {
        await task;
        return true;
    }
}
