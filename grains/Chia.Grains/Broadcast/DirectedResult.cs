using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Broadcast;

/// <summary>What a pure role core wants done after an event: messages for connections that it names, and a blame for the event's origin.</summary>
/// <param name="Messages">In order.</param>
/// <param name="Blame">What the origin did wrong; null if nothing.</param>
internal readonly record struct DirectedResult(IReadOnlyList<Directed> Messages, Blame? Blame = null)
{
    /// <summary>Nothing to send, nobody to blame.</summary>
    public static DirectedResult Nothing { get; } = new([]);

    /// <summary>Messages only.</summary>
    public static DirectedResult Send(params IReadOnlyList<Directed> messages) => new(messages);

    /// <summary>Blame only.</summary>
    public static DirectedResult Of(Blame blame) => new([], blame);
}
