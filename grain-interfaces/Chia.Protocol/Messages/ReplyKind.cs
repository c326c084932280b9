namespace Chia.Protocol.Messages;

/// <summary>How many answers a request gets from an honest peer.</summary>
public enum ReplyKind
{
    /// <summary>Exactly one.</summary>
    One,

    /// <summary>One, or none: the peer does not know what was asked for, and there is no negative answer.</summary>
    OneOrSilence,

    /// <summary>Any number.</summary>
    Any,
}
