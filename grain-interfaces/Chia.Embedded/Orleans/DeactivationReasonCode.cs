namespace Orleans;

/// <summary>The kinds of reason for which an activation ends. The numbers are Orleans' own.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>None given.</summary>
    None = 0,

    /// <summary>The process is stopping.</summary>
    ShuttingDown = 1,

    /// <summary>The constructor, reading the state or <c>OnActivateAsync</c> failed.</summary>
    ActivationFailed = 2,

    /// <summary>No call came for the collection age.</summary>
    ActivationIdle = 4,

    /// <summary>The grain broke, for instance by writing over a newer state.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,
}
