namespace Chia.Protocol.Outcomes;

/// <summary>Why a node is as it is, where that is not all right; closed. What there is to say beside it (a height, a number) is told as
/// its detail.</summary>
public enum StatusReason
{
    /// <summary>No plot answers any tip's challenge (DECISIONS 16).</summary>
    NoPlotAnswers,

    /// <summary>Nobody makes proofs of time: blocks wait for them much longer than those need.</summary>
    NoTimelord,

    /// <summary>Nobody farms, and no block came for long.</summary>
    NoFarmer,

    /// <summary>Peers were asked and do not answer, or do not have what is needed.</summary>
    PeersDoNotAnswer,

    /// <summary>Blocks cannot be stored.</summary>
    StoreUnwritable,

    /// <summary>The clock differs from everybody else's: most peers have blocks that it alone refuses.</summary>
    ClockWrong,

    /// <summary>This machine is slow to validate what it has.</summary>
    ValidationSlow,

    /// <summary>A sync had begun when the node stopped; the next start goes on with it.</summary>
    SyncInterrupted,
}
