using Chia.Cryptography.Plots;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Networks;

namespace Chia.Silo.Networks;

/// <summary>Founds a network: measures this machine, chooses constants for the wanted pace, makes the first block from plots that are
/// there.</summary>
internal static class NetworkMaker
{
    /// <param name="request">What is wanted.</param>
    /// <param name="farmer">Whose pool gets the first reward.</param>
    /// <param name="plots">The plots that the network begins with.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="UserException">The plots cannot begin a network, or are damaged; a constant is none.</exception>
    public static async Task<MadeNetwork> Make(
        NetworkRequest request, FarmerKeys farmer, IReadOnlyList<PlotEntry> plots, CancellationToken cancellation)
    {
        var basis = request.Assign(request.Basis);
        var owned = new List<OwnedPlot>();
        try
        {
            owned.AddRange(plots.Select(e => new OwnedPlot(PlotProver.Open(e.Path), farmer.PoolKeys[0], e.PlotKey)));
            var ips = request.Sets("vdf_ips_starting")
                ? basis.VdfIpsStarting
                : NetworkPace.Shared(await GenesisMaker.MeasureSpeed(basis.DiscriminantSizeBits, cancellation));
            var proofs = GenesisMaker.CountProofs(owned);
            var constants = request.Assign(NetworkPace.For(basis, request.BlockTime, ips, owned[0].Prover.K, Math.Max(1, proofs)));
            var network = await GenesisMaker.Make(request.NetworkId, constants, owned, TimeProvider.System.GetUtcNow(), cancellation);
            return new MadeNetwork(network, plots.Count, proofs);
        }
        finally
        {
            owned.ForEach(plot => plot.Prover.Dispose());
        }
    }
}

/// <summary>What a network is to be.</summary>
/// <param name="NetworkId">Its id.</param>
/// <param name="BlockTime">Seconds between blocks.</param>
/// <param name="Basis">Constants that do not follow from pace, plots and speed.</param>
/// <param name="Assignments">Constants that a person set, in the words of <see cref="ConstantFields.Assign"/>; they win.</param>
internal sealed record NetworkRequest(string NetworkId, double BlockTime, ConsensusConstants Basis, IReadOnlyList<string> Assignments)
{
    /// <summary>The constants with what the person set.</summary>
    public ConsensusConstants Assign(ConsensusConstants constants) => Assignments.Aggregate(constants, ConstantFields.Assign);

    /// <summary>The person set a constant.</summary>
    public bool Sets(string name) => Assignments.Any(a => a.StartsWith($"constants.{name}=", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A network that was made.</summary>
/// <param name="Network">The network.</param>
/// <param name="Plots">Plots that it begins with.</param>
/// <param name="ProofsPerChallenge">Proofs that they have for a challenge, on average.</param>
internal sealed record MadeNetwork(NetworkDefinition Network, int Plots, double ProofsPerChallenge)
{
    /// <summary>The share of challenges that none of the plots answers: proofs come as by a Poisson process.</summary>
    public double Unanswered => Math.Exp(-ProofsPerChallenge);

    /// <summary>Plots more that make it safe; 0 if it is.</summary>
    public int MorePlots => PlotNeed.MorePlots(Plots, ProofsPerChallenge);

    /// <summary>What to expect, for people.</summary>
    public string Expectation => MorePlots == 0
        ? $"{Found}: about 1 challenge in {Math.Min(1e9, 1 / Unanswered):0} has no answer"
        : $"{Found}: about 1 challenge in {1 / Unanswered:0.0} has no answer, and the network goes on around it; {MorePlots} more plots make it safe";

    private string Found => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"the plots have {ProofsPerChallenge:0.0} proofs per challenge");
}
