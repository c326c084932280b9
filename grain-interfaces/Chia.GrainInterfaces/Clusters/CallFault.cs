using Orleans.Runtime.Messaging;

namespace Chia.GrainInterfaces.Clusters;

/// <summary>What it means for its caller that a call to a grain ended without an answer: the one place that knows which exceptions
/// Orleans has for it.</summary>
public enum CallFault
{
    /// <summary>Whoever was asked failed, or refused: asking again fails again.</summary>
    Failed,

    /// <summary>The silo that had the call went, or goes, or there was none: another answers within seconds.</summary>
    SiloGone,

    /// <summary>No answer within the time that the call had: whoever was asked may have done it, or do it yet.</summary>
    NoAnswer,

    /// <summary>Our own side of the cluster has ended: this process stops.</summary>
    Stopping,
}

/// <summary>Tells what goes by from what is wrong.</summary>
public static class CallFaults
{
    /// <summary>Name of the assembly whose client says with <see cref="InvalidOperationException"/> that it has no connection.</summary>
    private const string Client = "Orleans.Core";

    /// <summary>
    /// What a call failed with. Orleans gives up calls that were on their way to a silo that went, and says so as a cancellation: whoever
    /// may have called his own call off looks at his token first, never at the kind of the error.
    /// </summary>
    public static CallFault Of(Exception error) => error switch
    {
        ObjectDisposedException => CallFault.Stopping,
        OrleansException or OperationCanceledException or ConnectionFailedException => CallFault.SiloGone,
        InvalidOperationException { Source: Client } => CallFault.SiloGone,
        TimeoutException => CallFault.NoAnswer,
        _ => CallFault.Failed,
    };

    /// <summary>The cluster moves, or was too busy: whoever asks again is answered. What changes something may have come to pass
    /// already.</summary>
    public static bool GoesBy(Exception error) => Of(error) is CallFault.SiloGone or CallFault.NoAnswer;

    /// <summary>What an error says, in a line. Orleans writes the stacks of what is behind one into its message: then it is what is behind
    /// that says it.</summary>
    public static string Said(Exception error) =>
        (error.Message.Contains('\n', StringComparison.Ordinal) ? error.GetBaseException() : error)
            .Message.Trim().Split('\n')[0].TrimEnd();
}
