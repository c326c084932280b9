using Chia.GrainInterfaces.Clusters;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Chia.Silo.Clusters;

/// <summary>
/// A question changes nothing: when the silo that had it goes, it is asked again, and whoever lives on elsewhere answers. What changes
/// something is of unknown outcome, and for whoever wanted it to judge (ORLEANS.md, Grains).
/// </summary>
internal sealed class AskAgain(TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>Between one try and the next: work is handed over within a fraction of a second. A cluster that cannot answer says so
    /// within two.</summary>
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
            catch (Exception error) when (
                tries < Pauses.Length && CallFaults.Of(error) == CallFault.SiloGone && IsQuestion(context.Request))
            {
                // Its silo went, or goes.
            }

            await Task.Delay(Pauses[tries], time);
        }
    }

    /// <summary>The contract says that it only reads, and nobody can call it off: what is called off, was with its silo.</summary>
    internal static bool IsQuestion(IInvokable request) =>
        request is RequestBase { Options: var options } && options.HasFlag(InvokeMethodOptions.ReadOnly)
        && !request.IsCancellable;
}
