namespace Chia.Embedded;

/// <summary>A record of a grain as a store holds it.</summary>
/// <param name="Json">The state, UTF-8 JSON.</param>
/// <param name="Etag">Its version; another one after each write.</param>
public sealed record GrainStateRecord(ReadOnlyMemory<byte> Json, string Etag);
