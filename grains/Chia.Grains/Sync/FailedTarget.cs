namespace Chia.Grains.Sync;

/// <summary>A target that led nowhere.</summary>
/// <param name="Condemned">Its hash-covered parts are invalid: no copy of it is ever tried again.</param>
/// <param name="Peers">Who had announced it; an announcement by another peer revives it unless it is condemned.</param>
/// <param name="Ours">The last failure was no fault of its announcers: it may be tried again on their word.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="RetryAt">Not to be tried before.</param>
internal sealed record FailedTarget(bool Condemned, HashSet<string> Peers, bool Ours, int Failures, TimeSpan RetryAt);
