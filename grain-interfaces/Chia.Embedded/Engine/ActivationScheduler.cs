namespace Chia.Embedded.Engine;

/// <summary>Runs the tasks of one activation as its turns, so that what follows an await comes back to it.</summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a queued task. Only from the activation's turn.</summary>
    internal void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task) => activation.EnqueueTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Activation.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task>? GetScheduledTasks() => null;
}
