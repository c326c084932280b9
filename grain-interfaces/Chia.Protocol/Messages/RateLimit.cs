namespace Chia.Protocol.Messages;

/// <summary>
/// How often one connection may send one function: a bucket of <paramref name="Burst"/> messages that fills at <paramref name="PerSecond"/>.
/// A reference peer may honestly come in bursts, so whoever enforces this waits before reading on and blames nobody.
/// </summary>
/// <param name="PerSecond">Messages per second in the long run.</param>
/// <param name="Burst">Messages at once.</param>
public readonly record struct RateLimit(double PerSecond, int Burst);
