namespace Chia.Gateway.Tests.Support;

/// <summary>Waiting for what must happen, far longer than it ever takes.</summary>
internal static class InTimeExtensions
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static Task InTime(this Task task) => task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
}
