namespace Chia.Protocol.Messages;

/// <summary>
/// A message of the wire protocol, decoded (PROTOCOL.md 8). Immutable; blocks and proofs in it are decoded once, when it arrives.
/// Messages with lists compare those lists by reference: compare encodings where equality by value is wanted.
/// </summary>
public abstract record Message
{
    /// <summary>The function name on the wire.</summary>
    public abstract string Function { get; }
}
