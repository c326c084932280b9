namespace Chia.Cryptography.Plots;

/// <summary>When two entries of a table belong together (POSPACE.md 3).</summary>
internal static class PlotMatching
{
    /// <summary>True if the left y, in its bucket, matches the right y in the bucket above it.</summary>
    public static bool Matches(ulong leftY, ulong rightY)
    {
        var bucket = leftY / PlotConstants.BucketSize;
        if (bucket + 1 != rightY / PlotConstants.BucketSize)
            return false;

        var left = (uint)(leftY % PlotConstants.BucketSize);
        var right = (uint)(rightY % PlotConstants.BucketSize);
        var m = (
            (right / PlotConstants.BucketColumns) + PlotConstants.BucketRows - (
            left / PlotConstants.BucketColumns)) % PlotConstants.BucketRows;
        if (m >= PlotConstants.MatchShifts)
            return false;

        var root = (2 * m) + (uint)(bucket & 1);
        return ((left % PlotConstants.BucketColumns) + (root * root)) % PlotConstants.BucketColumns == right % PlotConstants.BucketColumns;
    }
}
