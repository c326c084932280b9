using Chia.Protocol.Outcomes;

namespace Chia.Protocol.Handshake;

/// <summary>Which of two connections to one node id stays.</summary>
public enum DuplicateVerdict
{
    /// <summary>Close the new one (<see cref="RegistrationOutcome.Duplicate"/>).</summary>
    KeepExisting,

    /// <summary>Close the old one and register the new one (<see cref="RegistrationOutcome.Accepted"/>).</summary>
    KeepNew,
}
