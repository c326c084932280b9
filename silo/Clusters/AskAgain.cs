using Orleans.CodeGeneration;
using Orleans.Runtime.Messaging;
using Orleans.Serialization.Invocation;

namespace Chia.Silo.Clusters;

/// <summary>
/// Repeats questions (calls that only read) when the silo that had them goes: the next try reaches the grain where it lives then. A
/// call that changes something is not repeated: its outcome is unknown, and whoever wanted it has to judge (ORLEANS.md, Grains).
/// </summary>
internal sealed class AskAgain(TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>
    /// The pauses between tries: a silo that stops hands its work over within a fraction of a second. A cluster that cannot answer is
    /// reported within two.
    /// </summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception error) when (tries < Pauses.Length && IsGone(error) && IsQuestion(context.Request))
            {
                // Its silo has gone, or is going.
            }

            await Task.Delay(Pauses[tries], time);
        }
    }

    /// <summary>
    /// True if the call was rejected, or cancelled, together with its silo. Questions of ours carry no token that others cancel.
    /// </summary>
    private static bool IsGone(Exception error) => error is OrleansMessageRejectionException or SiloUnavailableException
        or OperationCanceledException or ConnectionFailedException;

    /// <summary>True for a call whose contract says that it only reads, and that nobody can cancel.</summary>
    internal static bool IsQuestion(IInvokable request) =>
        request is RequestBase { Options: var options } && options.HasFlag(InvokeMethodOptions.ReadOnly)
        && !request.IsCancellable;
}
