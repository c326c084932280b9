namespace Chia.Cryptography.Plots;

/// <summary>The parameters of this version of proof of space (POSPACE.md 1). Later releases differ in every one of them.</summary>
internal static class PlotConstants
{
    /// <summary>EXT: what every f produces beyond k bits.</summary>
    public const int ExtraBits = 5;

    /// <summary>kB: rows of a bucket.</summary>
    public const uint BucketRows = 60;

    /// <summary>kC: columns of a bucket, a prime.</summary>
    public const uint BucketColumns = 509;

    /// <summary>kBC: how many consecutive y share a bucket.</summary>
    public const uint BucketSize = BucketRows * BucketColumns;

    /// <summary>Matches that one left entry may have in a bucket: m runs over 0 … 31.</summary>
    public const int MatchShifts = 32;

    /// <summary>Tables f1 … f7.</summary>
    public const int Tables = 7;

    /// <summary>Plot inputs in a proof: 2^6.</summary>
    public const int ProofValues = 64;

    /// <summary>Beyond 59 the verifier's 64-bit arithmetic, and the reference's, would end (POSPACE.md 5.3).</summary>
    public const int MaxSize = 59;

    /// <summary>A proof of any smaller k cannot exist: k = 0 has no values. Whether a chain wants more is its own rule.</summary>
    public const int MinSize = 1;

    /// <summary>
    /// Length of the metadata that enters f_t, in units of k; index t. Table 1 stands for what f1 hands on; f7 makes none (index 8).
    /// </summary>
    public static ReadOnlySpan<byte> MetadataUnits => [0, 0, 1, 2, 4, 4, 3, 2, 0];
}
