namespace Chia.GrainInterfaces;

/// <summary>
/// How long a caller waits for the answer of a grain; every method of a contract names one of these. What is not answered by then has an
/// unknown outcome (ORLEANS.md, Grains): whoever asked asks again. A grain whose silo died fails its callers at once, unless they asked
/// through another silo, as gateways do: that one does not tell. This is for them, and for the silo that is frozen.
/// </summary>
internal static class AnswerTime
{
    /// <summary>
    /// Five seconds, for what is answered from memory or notes something: microseconds of work, and a turn that waits for nobody. A silo
    /// is declared dead after about as long (CLUSTER.md 3, Membership), and the next call finds the grain on another.
    /// </summary>
    public const string Memory = "00:00:05";

    /// <summary>Half a minute, for what reads or commits blocks: a drive that wakes up takes ten seconds, a busy one longer.</summary>
    public const string Disk = "00:00:30";

    /// <summary>Ten minutes, for the index of a chain: a million blocks load in five seconds, and a drive may be a hundred times as
    /// slow.</summary>
    public const string Load = "00:10:00";

    /// <summary>
    /// Five minutes, for what waits for proofs to be checked: a sync has up to 580 of them in the queue, six seconds' worth on two cores
    /// of today and minutes' on a single slow one. What is not wanted any more is cancelled instead.
    /// </summary>
    public const string Proofs = "00:05:00";
}
