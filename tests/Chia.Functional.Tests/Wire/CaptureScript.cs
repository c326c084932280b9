using System.Collections.Concurrent;
using Chia.Functional.Tests.Peers;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Wire;

/// <summary>
/// Plays one side of a capture: says what it said unasked, and answers what it was asked with what it answered. What it was never asked,
/// it answers from the same chain.
/// </summary>
internal sealed class CaptureScript(
    IReadOnlyList<CapturedFrame> greeting, Dictionary<string, CapturedFrame> answers, IReadOnlyList<FullBlock> chain)
    : ChainScript(chain)
{
    /// <summary>Requests, as hexadecimal payloads, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public override async Task Established(TestPeer peer)
    {
        foreach (var frame in greeting)
            await peer.SendRaw(frame.ToFrame());
    }

    public override async Task Receive(TestPeer peer, Message message)
    {
        if (!message.Function.StartsWith("request_", StringComparison.Ordinal))
            return;
        var asked = Convert.ToHexStringLower(MessageRegistry.Encode(message).AsSpan(4));
        Asked.Enqueue(asked);
        if (answers.TryGetValue(asked, out var answer))
            await peer.SendRaw(answer.ToFrame());
        else
            await base.Receive(peer, message);
    }
}
