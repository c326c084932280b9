using Chia.GrainInterfaces.Events;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Shapes;

/// <summary>Something that happened: the data of a server-sent event. What does not go with its type is absent.</summary>
/// <param name="Id">Its number; greater than that of every event before.</param>
/// <param name="Type">tip, block, challenge, proof, vdf, peer, sync or message.</param>
/// <param name="Time">When.</param>
/// <param name="Role">The role of ours that it happened to.</param>
internal sealed record EventView(long Id, string Type, DateTimeOffset Time, string Role)
{
    /// <summary>Header hash of the block; of a challenge, proof or proof of time, the challenge.</summary>
    public string? Hash { get; init; }

    public uint? Height { get; init; }

    public ulong? Weight { get; init; }

    /// <summary>Of a block what became of it, of a connection connected or why it ended, of a sync its state.</summary>
    public string? Outcome { get; init; }

    /// <summary>Blocks that left the chain for a new tip.</summary>
    public uint? Depth { get; init; }

    /// <summary>Id of the connection.</summary>
    public string? Peer { get; init; }

    public string? PeerRole { get; init; }

    public string? Address { get; init; }

    /// <summary>Name of the message.</summary>
    public string? Message { get; init; }

    public int? Bytes { get; init; }

    /// <summary>What handling the message took.</summary>
    public double? Milliseconds { get; init; }

    public ulong? Iterations { get; init; }

    /// <summary>Phase of the sync.</summary>
    public string? Phase { get; init; }

    public long? Done { get; init; }

    public long? Total { get; init; }

    public static EventView Of(NumberedEvent numbered)
    {
        var e = numbered.Event;
        return new EventView(numbered.Sequence, EventTypes.Name(e.Kind), e.Time, RoleNames.Of(e.Role))
        {
            Hash = e.Hash,
            Height = e.Height,
            Weight = e.Weight,
            Outcome = e.Outcome,
            Depth = e.Depth,
            Peer = e.Peer,
            PeerRole = e.PeerRole is { } role ? RoleNames.Of(role) : null,
            Address = e.Address,
            Message = e.Message,
            Bytes = e.Bytes,
            Milliseconds = e.Milliseconds,
            Iterations = e.Iterations,
            Phase = e.Phase,
            Done = e.Done,
            Total = e.Total,
        };
    }
}

/// <summary>Kinds of events by the names that the API gives them.</summary>
internal static class EventTypes
{
    private static readonly Dictionary<string, NodeEventKinds> Kinds = new()
    {
        ["tip"] = NodeEventKinds.Tip,
        ["block"] = NodeEventKinds.Block,
        ["challenge"] = NodeEventKinds.Challenge,
        ["proof"] = NodeEventKinds.Proof,
        ["vdf"] = NodeEventKinds.Vdf,
        ["peer"] = NodeEventKinds.Peer,
        ["sync"] = NodeEventKinds.Sync,
        ["message"] = NodeEventKinds.Message,
    };

    public static IReadOnlyList<string> All { get; } = [.. Kinds.Keys];

    public static string Name(NodeEventKinds kind) => Kinds.First(k => k.Value == kind).Key;

    public static NodeEventKinds Parse(IEnumerable<string> names) =>
        names.Aggregate(NodeEventKinds.None, (all, name) => all | Kinds[name]);
}
