using System.Globalization;
using Chia.Protocol.Networks;

namespace Chia.Silo.Networks;

/// <summary>The consensus constants by their names in files: the reference's, in any case. One table for reading and writing.</summary>
internal static class ConstantFields
{
    public static readonly IReadOnlyList<Field> All =
    [
        new("number_of_heads", 1, 100, c => (ulong)c.NumberOfHeads, (c, v) => c with { NumberOfHeads = (int)v }, "tips kept"),
        new("difficulty_starting", 1, ulong.MaxValue, c =>
            c.DifficultyStarting, (c, v) => c with { DifficultyStarting = v }, "difficulty of the first epoch"),
        new("difficulty_factor", 1, uint.MaxValue, c =>
            c.DifficultyFactor, (c, v) => c with { DifficultyFactor = (uint)v }, "largest change of the difficulty in one adjustment"),
        new("ips_factor", 1, uint.MaxValue, c =>
            c.IpsFactor, (c, v) => c with { IpsFactor = (uint)v }, "largest fall of the iterations per second in one adjustment"),
        new("difficulty_epoch", 1, uint.MaxValue, c =>
            c.DifficultyEpoch, (c, v) => c with { DifficultyEpoch = (uint)v }, "blocks per epoch"),
        new("difficulty_warp_factor", 1, uint.MaxValue, c =>
            c.DifficultyWarpFactor, (c, v) => c with { DifficultyWarpFactor = (uint)v }, "epoch / delay"),
        new("difficulty_delay", 1, uint.MaxValue, c =>
            c.DifficultyDelay, (c, v) => c with { DifficultyDelay = (uint)v }, "blocks into an epoch at which an adjustment takes effect"),
        new("discriminant_size_bits", 16, 1024, c =>
            (ulong)c.DiscriminantSizeBits, (c, v) =>
            c with { DiscriminantSizeBits = (int)v }, "size of the proof of time's discriminants"),
        new("block_time_target", 1, uint.MaxValue, c => c.BlockTimeTarget, (c, v) => c with { BlockTimeTarget = (uint)v }, "seconds"),
        new("min_block_time", 1, uint.MaxValue, c =>
            c.MinBlockTime, (c, v) => c with { MinBlockTime = (uint)v }, "seconds of mandatory proof of time"),
        new("vdf_ips_starting", 1, ulong.MaxValue, c =>
            c.VdfIpsStarting, (c, v) => c with { VdfIpsStarting = v }, "iterations per second assumed in the first epoch"),
        new("max_future_time", 0, uint.MaxValue, c =>
            c.MaxFutureTime, (c, v) => c with { MaxFutureTime = (uint)v }, "seconds a timestamp may lie ahead of the clock"),
        new("number_of_timestamps", 1, 1000, c =>
            (ulong)c.NumberOfTimestamps, (c, v) => c with { NumberOfTimestamps = (int)v }, "window of the lower bound of timestamps"),
        new("propagation_threshold", 0, uint.MaxValue, c =>
            c.PropagationThreshold, (c, v) =>
            c with { PropagationThreshold = (uint)v }, "seconds; slower unfinished blocks are not passed on"),
        new("propagation_delay_threshold", 0, uint.MaxValue, c =>
            c.PropagationDelayThreshold, (c, v) =>
            c with { PropagationDelayThreshold = (uint)v }, "seconds; slower unfinished blocks wait a little"),
        new("min_plot_size", 1, 59, c => (ulong)c.MinPlotSize, (c, v) => c with { MinPlotSize = (int)v }, "smallest k accepted"),
        new("max_plot_size", 1, 59, c => (ulong)c.MaxPlotSize, (c, v) => c with { MaxPlotSize = (int)v }, "largest k accepted"),
        new("block_reward", 0, ulong.MaxValue, c => c.BlockReward, (c, v) => c with { BlockReward = v }, "reward of every block"),
    ];

    /// <summary>The constants with one set as a person writes it: <c>constants.min_block_time=5</c>.</summary>
    /// <exception cref="UserException">No such constant, or no such value.</exception>
    public static ConsensusConstants Assign(ConsensusConstants constants, string assignment)
    {
        const string prefix = "constants.";
        if (assignment.Split('=', 2) is not [var key, var text] || !key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            throw new UserException($"--set takes {prefix}NAME=VALUE, not '{assignment}'");
        var name = key[prefix.Length..].ToLowerInvariant();
        var field = All.FirstOrDefault(f => f.Name == name)
            ?? throw new UserException($"there is no constant '{name}': chia network show prints them all");
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= field.Minimum
            && value <= field.Maximum
            ? field.Set(constants, value)
            : throw new UserException($"{name} must be a whole number from {field.Minimum} to {field.Maximum}, not '{text}'");
    }

    /// <summary>Name of the one constant that is a word (DECISIONS 1).</summary>
    public const string ChallengeOutput = "challenge_output";

    /// <summary>The words of <see cref="ChallengeOutput"/>.</summary>
    public static readonly IReadOnlyDictionary<string, ChallengeOutput> ChallengeOutputs = new Dictionary<string, ChallengeOutput>
    {
        ["output_only"] = Protocol.Networks.ChallengeOutput.OutputOnly,
        ["whole_proof_allowed"] = Protocol.Networks.ChallengeOutput.WholeProofAllowed,
    };

    internal sealed record Field(
        string Name,
        ulong Minimum,
        ulong Maximum,
        Func<ConsensusConstants, ulong> Get,
        Func<ConsensusConstants, ulong, ConsensusConstants> Set,
        string Meaning);
}
