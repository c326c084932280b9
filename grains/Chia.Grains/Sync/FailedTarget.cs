namespace Chia.Grains.Sync;

/// <summary>A target that led nowhere.</summary>
/// <param name="Condemned">Its hash-covered parts are invalid: no copy of it is ever tried again.</param>
/// <param name="Peers">Who had announced it; an announcement by another peer revives it unless it is condemned.</param>
/// <param name="Ours">The last failure was our own fault: whoever announces it.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="RetryAt">Not to be tried before.</param>
internal sealed record FailedTarget(bool Condemned, HashSet<string> Peers, bool Ours, int Failures, TimeSpan RetryAt);
