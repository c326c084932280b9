using System.Text.Json;
using Chia.Protocol.Networks;

namespace Chia.Testing;

/// <summary>The networks of the vector chains, from their <c>constants.json</c>.</summary>
public static class TestNetworks
{
    /// <summary>The network of <c>tests/vectors/chains/{chain}</c>.</summary>
    public static NetworkDefinition Of(string chain)
    {
        using var json = Vectors.Json("chains", chain, "constants.json");
        var c = json.RootElement;
        return new NetworkDefinition
        {
            NetworkId = Testnet.Id,
            GenesisBytes = Convert.FromHexString(c.GetProperty("GENESIS_BLOCK").GetString()!),
            Constants = new ConsensusConstants
            {
                NumberOfHeads = (int)Number(c, "NUMBER_OF_HEADS"),
                DifficultyStarting = Number(c, "DIFFICULTY_STARTING"),
                DifficultyFactor = (uint)Number(c, "DIFFICULTY_FACTOR"),
                IpsFactor = (uint)Number(c, "IPS_FACTOR"),
                DifficultyEpoch = (uint)Number(c, "DIFFICULTY_EPOCH"),
                DifficultyWarpFactor = (uint)Number(c, "DIFFICULTY_WARP_FACTOR"),
                DifficultyDelay = (uint)Number(c, "DIFFICULTY_DELAY"),
                DiscriminantSizeBits = (int)Number(c, "DISCRIMINANT_SIZE_BITS"),
                BlockTimeTarget = (uint)Number(c, "BLOCK_TIME_TARGET"),
                MinBlockTime = (uint)Number(c, "MIN_BLOCK_TIME"),
                VdfIpsStarting = Number(c, "VDF_IPS_STARTING"),
                MaxFutureTime = (uint)Number(c, "MAX_FUTURE_TIME"),
                NumberOfTimestamps = (int)Number(c, "NUMBER_OF_TIMESTAMPS"),
                PropagationThreshold = (uint)Number(c, "PROPAGATION_THRESHOLD"),
                PropagationDelayThreshold = (uint)Number(c, "PROPAGATION_DELAY_THRESHOLD"),
                ChallengeOutput = c.TryGetProperty("challenge_output", out _)
                    ? ChallengeOutput.WholeProofAllowed
                    : ChallengeOutput.OutputOnly,
            },
        };
    }

    private static ulong Number(JsonElement constants, string name) => constants.GetProperty(name).GetUInt64();
}
