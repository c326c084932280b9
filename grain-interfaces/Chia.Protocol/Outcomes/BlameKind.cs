namespace Chia.Protocol.Outcomes;

/// <summary>What a blame is for; the heavier the later. Closed, so that it can be counted.</summary>
public enum BlameKind
{
    /// <summary>A promise not kept: silence, an answer cut short. Slow is not wrong.</summary>
    Unhelpful,

    /// <summary>Bad data that an honest node might have relayed without knowing.</summary>
    BadData,

    /// <summary>Malformed, not allowed, or provably false: no honest node does it.</summary>
    Breach,
}
