namespace Chia.Protocol.Outcomes;

/// <summary>
/// Every rule that can reject a block, a header or an unfinished block. The first group needs nothing but the block, the second its
/// ancestors and the time. Cases where the reference raises an error (arithmetic, undecodable keys) are rejections like the others
/// (CONSENSUS.md 12).
/// </summary>
public enum ConsensusRule
{
    /// <summary>Pool key is no point of the curve: the reference cannot parse the block (BLS.md 4.3).</summary>
    PoolPublicKeyEncoding = 1,

    /// <summary>Plot key is no point of the curve: the reference cannot parse the block (BLS.md 4.3).</summary>
    PlotPublicKeyEncoding,

    /// <summary>Harvester signature is no point of the curve: the reference cannot parse the block (BLS.md 4.3).</summary>
    HarvesterSignatureEncoding,

    /// <summary>Coinbase signature is no point of the curve: the reference cannot parse the block (BLS.md 4.3).</summary>
    CoinbaseSignatureEncoding,

    /// <summary>Aggregated signature, never verified, is no point of the curve: the reference cannot parse the block
    /// (BLS.md 4.3).</summary>
    AggregatedSignatureEncoding,

    /// <summary>A finished block carries a proof of time (12, 2a).</summary>
    ProofOfTimePresent,

    /// <summary>A finished block carries a challenge (12, 2a).</summary>
    ChallengePresent,

    /// <summary>header data's proof-of-space hash = H(ser(proof of space)) (11, 4).</summary>
    ProofOfSpaceHash,

    /// <summary>header data's body hash = H(ser(body)) (11, 5).</summary>
    BodyHash,

    /// <summary>challenge's proof-of-space hash = H(ser(proof of space)) (12, 2b).</summary>
    ChallengeProofOfSpaceHash,

    /// <summary>Coinbase amount = reward (11, 12; 6).</summary>
    CoinbaseAmount,

    /// <summary>Coinbase and challenge name the same height (12, 4b).</summary>
    CoinbaseChallengeHeight,

    /// <summary>Proof of time and proof of space answer the same challenge (11, 8; implied by 11, 7 and 12, 5).</summary>
    ProofOfTimeChallenge,

    /// <summary>Above genesis, challenge's previous challenge hash = proof of time's challenge hash; stricter than the reference (18.1;
    /// DECISIONS 1).</summary>
    ChallengePreviousHash,

    /// <summary>Above genesis, challenge's output hash is one of the two allowed variants; stricter than the reference (18.1;
    /// DECISIONS 1).</summary>
    ChallengeOutputHash,

    /// <summary>k within the network's range; the reference sets none (17.2; DECISIONS 3).</summary>
    PlotSize,

    /// <summary>The proof of space has exactly 8·k bytes; the reference counts modulo 65536 (17.2; DECISIONS 3).</summary>
    ProofOfSpaceLength,

    /// <summary>The proof of space verifies (11, 10).</summary>
    ProofOfSpace,

    /// <summary>The harvester signature is the plot key's over the header-data hash (11, 9).</summary>
    HarvesterSignature,

    /// <summary>The coinbase signature is the pool key's over the coinbase (11, 13).</summary>
    CoinbaseSignature,

    /// <summary>The proof of time verifies (12, 4; strict: DECISIONS 2).</summary>
    ProofOfTime,

    /// <summary>The previous block is the expected one (11, 1). In a chain state an unknown parent is "disconnected" instead.</summary>
    PreviousBlock,

    /// <summary>An ancestor that a rule looks at is not known (11, 2a; 9; 10).</summary>
    MissingAncestor,

    /// <summary>Timestamp not below the mean of up to eleven ancestors' (11, 2b).</summary>
    TimestampTooEarly,

    /// <summary>Timestamp at most two hours ahead of the clock (11, 2c). The only rule whose verdict may change with time.</summary>
    TimestampTooLate,

    /// <summary>The proof of space answers the parent's challenge (11, 7).</summary>
    ProofOfSpaceChallenge,

    /// <summary>Coinbase height = parent's + 1, genesis 0 (11, 11).</summary>
    CoinbaseHeight,

    /// <summary>The parent can have children: its difficulty adjustment has a result (9).</summary>
    DifficultyAdjustment,

    /// <summary>The parent can have children: its speed adjustment has a result (10).</summary>
    IpsAdjustment,

    /// <summary>The required iterations are at least 1 and fit 64 bits (7.2).</summary>
    IterationsRange,

    /// <summary>The proof of time's iterations are the required ones (12, 3).</summary>
    NumberOfIterations,

    /// <summary>Challenge height = parent's + 1, genesis 0 (12, 6).</summary>
    ChallengeHeight,

    /// <summary>Total weight = parent's + difficulty (12, 7).</summary>
    TotalWeight,

    /// <summary>Total iterations = parent's + required iterations (12, 8).</summary>
    TotalIterations,

    /// <summary>A header's hash is the one that the header-hash list names for its height (SYNC.md 7, 5).</summary>
    HeaderHashList,
}
