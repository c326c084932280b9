using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Answers;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Endpoints;

/// <summary>What the roles do, and the network they do it in (OPERATIONS 3).</summary>
internal static class RoleEndpoints
{
    private const int MostChallenges = 500;

    private const int UsualChallenges = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/farm", Farm);
        routes.MapGet($"{ApiPaths.Prefix}/farm/plots", Plots);
        routes.MapGet($"{ApiPaths.Prefix}/farm/challenges", Challenges);
        routes.MapGet($"{ApiPaths.Prefix}/timelord", Timelord);
        routes.MapGet($"{ApiPaths.Prefix}/network", Network);
        routes.MapGet($"{ApiPaths.Prefix}/nodes", Nodes);
    }

    private static async Task Farm(HttpContext context)
    {
        // Who names no node means the farm: in a simulation its two roles are two nodes.
        var (farmer, harvester) = (context.FindWith(Role.Farmer), context.FindWith(Role.Harvester));
        if (farmer is null && harvester is null)
            throw context.NoNodeWith(Role.Farmer);
        var farm = new FarmView
        {
            Farmer = farmer is not null && (await farmer.Status.Gather()).Farmer is { } f ? Farmer(f) : null,
            Harvester = harvester is not null && (await harvester.Status.Gather()).Harvester is { } h
                ? new(h.Farmers, h.Plots, h.Challenges, h.Qualities, h.Proofs, h.Signatures, h.Faults, h.Duplicates)
                : null,
        };
        await context.Answer(harvester is null ? farm : await WithPlots(context, harvester, farm), ApiJson.Default.FarmView);
    }

    /// <summary>What the plots may win and have won, if some node that this API answers for has the chain.</summary>
    private static async Task<FarmView> WithPlots(HttpContext context, ApiNode node, FarmView farm)
    {
        var plots = await node.Grains.GetGrain<IHarvesterGrain>(node.Key).GetPlots();
        var bytes = plots.Where(plot => plot is { Fault: null, IsDuplicate: false, K: not null })
            .Sum(plot => BlockDetails.PlotBytes(plot.K!.Value));
        var nodes = context.RequestServices.GetRequiredService<INodeSource>();
        var chain = node.Has(Role.FullNode)
            ? node
            : nodes.Names.Select(nodes.Find).FirstOrDefault(n => n is not null && n.Has(Role.FullNode));
        if (chain is null)
            return farm;
        var winners = await context.RequestServices.GetRequiredService<BlockWinners>().Newest(chain, context.RequestAborted);
        var figures = await chain.Grains.GetGrain<IBlockchainGrain>(chain.Key).GetFigures(BlockWinners.Window);
        if (figures.Newest is not { Netspace: { } netspace } newest)
            return farm;
        var share = Math.Min(1, bytes / netspace);
        var seconds = newest.Seconds / newest.Blocks;
        var ours = plots.Select(plot => plot.PlotId).ToHashSet();
        return farm with
        {
            Expectation = new FarmExpectation(bytes, share, share > 0 ? seconds / share : null),
            Luck = FarmLuck.Of([.. winners.Select(block => (block.Height, ours.Contains(block.PlotId.ToString())))], share),
        };
    }

    private static async Task Plots(HttpContext context)
    {
        var node = context.NodeWith(Role.Harvester);
        var plots = (await node.Grains.GetGrain<IHarvesterGrain>(node.Key).GetPlots()).Select(plot => new PlotRow(
            plot.Name,
            plot.Path,
            plot.PlotId,
            plot.K,
            plot.K is { } k ? BlockDetails.PlotBytes(k) : null,
            plot.IsDuplicate ? "duplicate" : plot.Fault is null ? "ok" : "faulty",
            plot.Fault));
        await context.Answer(new PlotRows([.. plots]), ApiJson.Default.PlotRows);
    }

    private static async Task Challenges(HttpContext context)
    {
        var most = (int)(context.Number("limit", 1, MostChallenges) ?? UsualChallenges);
        var node = context.NodeWith(Role.Farmer);
        var challenges = (await node.Grains.GetGrain<IFarmerGrain>(node.Key).GetChallenges(most)).Select(c => new ChallengeRow(
            c.Challenge, c.Height, c.Weight, c.Difficulty, c.Age.TotalSeconds, c.Answers, c.Followed, c.Proofs, c.Signed,
            c.BestIterations));
        await context.Answer(new ChallengeRows([.. challenges]), ApiJson.Default.ChallengeRows);
    }

    private static FarmerView Farmer(FarmerStatus farmer) =>
        new(
            farmer.FullNodes,
            farmer.Harvesters,
            farmer.ProofsFound,
            farmer.HeadersSigned,
            farmer.Shares,
            farmer.Challenges,
            farmer.Qualities)
        {
            Height = farmer.Height,
            Challenge = farmer.Challenge.Length > 0 ? farmer.Challenge : null,
            ProofsPerChallenge = farmer.ProofsPerChallenge,
        };

    private static async Task Timelord(HttpContext context)
    {
        var node = context.NodeWith(Role.Timelord);
        var timelord = (await node.Status.Gather()).Timelord!;
        await context.Answer(Describe(timelord), ApiJson.Default.TimelordView);
    }

    private static TimelordView Describe(TimelordStatus timelord) =>
        new(
            timelord.FullNodes,
            timelord.Slots,
            timelord.BusySlots,
            timelord.ProofsMade,
            timelord.Failures,
            [.. timelord.Challenges.Select(c => new TimelordChallengeView(
                c.Challenge, c.Weight, c.State, c.Iterations, c.IterationsPerSecond, c.Targets, c.Proofs, c.Elapsed.TotalSeconds))])
        {
            IterationsPerSecond = timelord.IterationsPerSecond > 0 ? timelord.IterationsPerSecond : null,
        };

    private static Task Network(HttpContext context) =>
        context.Answer(NetworkView.Of(context.Node().Network), ApiJson.Default.NetworkView);

    private static Task Nodes(HttpContext context)
    {
        var nodes = context.RequestServices.GetRequiredService<INodeSource>();
        NodeListRow[] rows =
        [
            .. nodes.Names.Select(name => nodes.Find(name) is { } node
                ? new NodeListRow(name, true, [.. node.Roles.Select(RoleNames.Of)])
                : new NodeListRow(name, false, [])),
        ];
        return context.Answer(new NodeList(nodes.Find(null)?.Name ?? nodes.Names[0], rows), ApiJson.Default.NodeList);
    }
}
