namespace Chia.Embedded.Engine;

/// <summary>The life of an activation, in order.</summary>
internal enum ActivationState
{
    /// <summary>Made; its first turn has not come.</summary>
    Created,

    /// <summary>Constructing, reading state, <c>OnActivateAsync</c>; requests wait.</summary>
    Activating,

    /// <summary>Takes requests.</summary>
    Valid,

    /// <summary><c>OnDeactivateAsync</c>; requests wait for the successor.</summary>
    Deactivating,

    /// <summary>Over. Continuations of its tasks still run; requests do not.</summary>
    Closed,
}
