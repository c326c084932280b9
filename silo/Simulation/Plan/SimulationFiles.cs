using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Grains.Timelord;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Keys;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Silo.Plots;
using Chia.Storage.Files;

namespace Chia.Silo.Simulation.Plan;

/// <summary>What a simulated network is made of: keys, plots and genesis, made at its first start and kept in its folder.</summary>
internal sealed class SimulationFiles
{
    public const string NetworkFileName = "network.yaml";

    private SimulationFiles(string root, NetworkDefinition network, PlotsFile plots)
    {
        Root = root;
        Network = network;
        Plots = plots;
    }

    public string Root { get; }

    public NetworkDefinition Network { get; }

    public PlotsFile Plots { get; }

    /// <summary>Plot names by their keys: who won a block.</summary>
    public IReadOnlyDictionary<Bytes48, string> PlotNames() =>
        Plots.Load().ToDictionary(p => p.PlotKey.PublicKey, p => string.Join('-', p.Name.Split('-').Take(3)));

    /// <summary>Makes what is missing, with progress.</summary>
    public static async Task<SimulationFiles> Prepare(SimulationOptions options, Action<string> tell, CancellationToken cancellation)
    {
        var keysPath = NodePaths.KeysFile(options.Root);
        if (!File.Exists(keysPath))
            KeysFile.Write(
                keysPath, NewFarmer(options), options.Seed is { } seed ? SimulationSeed.Harvester(seed) : HarvesterKeys.Generate());
        var farmer = KeysFile.ReadFarmer(keysPath);
        if (options.Seed is not null && NewFarmer(options).FarmerTarget != farmer.FarmerTarget)
            throw new UserException($"--seed {options.Seed}: the network in {options.Root} has other keys; choose another folder with --root for a new network");
        var plots = PlotsFile.Of(options.Root, "");
        var networkPath = Path.Combine(options.Root, NetworkFileName);
        if (File.Exists(networkPath))
        {
            RequireAgreement(options, NetworkFile.Read(networkPath), plots.Load());
        }
        else
        {
            await MakePlots(options, farmer, KeysFile.ReadHarvester(keysPath), plots, cancellation);
            tell("measuring the speed of proofs of time, making the genesis block");
            SharedFile.Create(networkPath, NetworkWriter.Write(await MakeNetwork(options, farmer, plots, cancellation)));
        }

        return new SimulationFiles(options.Root, NetworkFile.Read(networkPath), plots);
    }

    /// <summary>What was asked for and contradicts a network that is there is refused, not ignored.</summary>
    /// <exception cref="UserException">It contradicts.</exception>
    public static void RequireAgreement(SimulationOptions options, NetworkDefinition network, IReadOnlyList<PlotEntry> plots)
    {
        const string remedy = "choose another folder with --root for a new network";
        if (options.BlockTime is { } seconds && (uint)Math.Max(1, Math.Round(seconds)) != network.Constants.BlockTimeTarget)
            throw new UserException(
                $"--block-time {seconds}: the network in {options.Root} aims at {network.Constants.BlockTimeTarget} s; {remedy}");
        if (options.Set.FirstOrDefault(set => ConstantFields.Assign(network.Constants, set) != network.Constants) is { } other)
            throw new UserException($"--set {other}: the network in {options.Root} has another value there; {remedy}");
        if (options.Plots is { } count && count != plots.Count)
            throw new UserException(
                $"--plots {count}: the network in {options.Root} has {plots.Count}; {remedy}, or add some with chia plots create");
        if (options.K is { } k && plots.All(plot => !plot.Name.Contains($"-{k}-", StringComparison.Ordinal)))
            throw new UserException($"--k {k}: the network in {options.Root} has no plots of that size; {remedy}");
    }

    private static FarmerKeys NewFarmer(SimulationOptions options) =>
        options.Seed is { } seed ? SimulationSeed.Farmer(seed) : FarmerKeys.Generate();

    /// <summary>What a host of the simulation needs beside its settings.</summary>
    public void AddRole(IServiceCollection services, Role role)
    {
        RoleKeys.Add(services, [role], Root, Plots.PlotRoot);
        services.Configure<TimelordOptions>(options => options.Slots = 1);
    }

    private static async Task MakePlots(
        SimulationOptions options, FarmerKeys farmer, HarvesterKeys harvester, PlotsFile plots, CancellationToken cancellation)
    {
        var maker = new PlotMaker(harvester, farmer.PoolPublicKeys[0], plots, plots.PlotRoot);
        await maker.MakeAll(
            (byte)(options.K ?? SimulationOptions.DefaultK), options.Plots ?? SimulationOptions.DefaultPlots, cancellation);
    }

    private static async Task<NetworkDefinition> MakeNetwork(
        SimulationOptions options, FarmerKeys farmer, PlotsFile plots, CancellationToken cancellation)
    {
        var wanted = new NetworkRequest(
            $"simulation-{farmer.FarmerTarget.ToString()[..8]}", options.BlockTime
                ?? SimulationOptions.DefaultBlockTime, NetworkPace.Watched, options.Set);
        return (await NetworkMaker.Make(wanted, farmer, plots.Load(), cancellation)).Network;
    }
}
