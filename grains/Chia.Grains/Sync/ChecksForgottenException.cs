namespace Chia.Grains.Sync;

/// <summary>The sync has forgotten the blocks whose checks were waited for (<see cref="SyncWork.Forget"/>): nobody wants their
/// verdicts.</summary>
internal sealed class ChecksForgottenException : Exception
{
    /// <summary>By the cancellation that told it.</summary>
    public ChecksForgottenException(OperationCanceledException calledOff)
        : base("the checks are not wanted any more", calledOff)
    {
    }
}
