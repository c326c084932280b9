namespace Chia.Embedded.Engine;

/// <summary>Who made an activation and finds a successor when it ends.</summary>
internal interface IActivationOwner
{
    /// <summary>
    /// Forgets <paramref name="closed"/> and hands <paramref name="pending"/> on, in order. Runs while the activation's
    /// queue is locked, so that a caller whose post was refused finds the successor with the older requests already in it.
    /// </summary>
    void OnClosed(Activation closed, IReadOnlyList<Request> pending);
}
