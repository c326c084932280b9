namespace Chia.Embedded.Engine;

/// <summary>One unit of work for a target: a call, a timer tick, a stream item.</summary>
internal abstract class Request
{
    /// <summary>May begin while any other request awaits.</summary>
    internal virtual bool AlwaysInterleave => false;

    /// <summary>May begin while other read-only requests await.</summary>
    internal virtual bool ReadOnly => false;

    /// <summary>Starts the idle clock anew when it ends.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Makes sense for this activation only: dropped, not handed on, when the activation ends.</summary>
    internal virtual bool BoundToActivation => false;

    /// <summary>Nobody waits any more (timed out, cancelled): not to be begun.</summary>
    internal virtual bool Abandoned => false;

    /// <summary>How often it was handed from an ended activation to its successor.</summary>
    internal int Forwards { get; set; }

    /// <summary>Begins the work. On the activation's turn; may throw.</summary>
    internal abstract Task InvokeAsync(Activation activation);

    /// <summary>Passes the outcome on. <paramref name="work"/> has ended.</summary>
    internal abstract void Complete(Task work);

    /// <summary>It will not be done, because of <paramref name="error"/>.</summary>
    internal abstract void Reject(Exception error);
}
