using System.Reflection;
using Chia.Storage;

namespace Chia.Grains.Tests.Support;

/// <summary>A store whose commits wait: before they are written, and again when they are written and not yet answered.</summary>
internal class HeldStore : DispatchProxy
{
    private IBlockStore _inner = null!;

    /// <summary>Where a commit stands; null lets it through.</summary>
    public Gate? BeforeCommit { get; set; }

    public Gate? AfterCommit { get; set; }

    public static HeldStore Around(IBlockStore inner)
    {
        var held = (HeldStore)(object)Create<IBlockStore, HeldStore>();
        held._inner = inner;
        return held;
    }

    public IBlockStore Store => (IBlockStore)(object)this;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IBlockStore.Commit) ? Commit(targetMethod, args) : targetMethod.Invoke(_inner, args);

    private async Task Commit(MethodInfo commit, object?[]? args)
    {
        if (BeforeCommit is { } before)
            await before.Pass();
        await (Task)commit.Invoke(_inner, args)!;
        if (AfterCommit is { } after)
            await after.Pass();
    }
}

/// <summary>Somebody comes, waits, and is let through.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody waits.</summary>
    public Task Came => _came.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Open() => _open.TrySetResult();

    public Task Pass()
    {
        _came.TrySetResult();
        return _open.Task;
    }
}
