namespace Chia.Protocol.Messages;

/// <summary>What answers a request.</summary>
/// <param name="Function">The function that answers.</param>
/// <param name="Kind">How often.</param>
public readonly record struct ExpectedReply(string Function, ReplyKind Kind);
