using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>One broadcast on its way to every gateway.</summary>
/// <param name="Epoch">Changes when numbering starts anew: another activation of the publisher.</param>
/// <param name="Sequence">Counts from 1 within the epoch; a gap means that something was lost and the tips must be asked for.</param>
/// <param name="To">Role of the peers that get it.</param>
/// <param name="Function">Name of the message.</param>
/// <param name="Frame">Length prefix and payload.</param>
/// <param name="ExceptConnection">The connection that it came from and that does not get it; null for none.</param>
[GenerateSerializer, Immutable, Alias("chia.BroadcastItem")]
public sealed record BroadcastItem(
    Guid Epoch,
    long Sequence,
    Role To,
    string Function,
    byte[] Frame,
    ConnectionId? ExceptConnection);
