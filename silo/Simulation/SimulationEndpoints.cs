using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Requests;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation;

/// <summary>What the page of a simulation can do to it: stop, kill and start its hosts, cut its network in two. No node has these
/// endpoints.</summary>
internal static class SimulationEndpoints
{
    public const string Path = $"{ApiPaths.Prefix}/simulation";

    /// <param name="routes">Where.</param>
    /// <param name="network">The simulation.</param>
    /// <param name="tell">Told what a person did.</param>
    public static void Map(IEndpointRouteBuilder routes, SimulatedNetwork network, Action<string> tell)
    {
        routes.MapGet(Path, context => Answer(context, network));
        // A silo answers it, and which one runs changes.
        routes.MapGet(OrleansPage.Path, context =>
        {
            context.Response.Redirect(network.Dashboard ?? throw ApiException.NotFound("the dashboard of Orleans is that of a silo: none runs"));
            return Task.CompletedTask;
        });
        routes.MapPost(Path + "/hosts/{name}/stop", async context =>
        {
            var host = Host(context, network);
            await host.Stop();
            tell($"{host.Name} is stopped by its page");
            await Answer(context, network);
        });
        routes.MapPost(Path + "/hosts/{name}/kill", async context =>
        {
            var host = Host(context, network);
            await host.Kill();
            tell($"{host.Name} is killed by its page");
            await Answer(context, network);
        });
        routes.MapPost(Path + "/hosts/{name}/start", async context =>
        {
            var host = Host(context, network);
            await host.Start(context.RequestAborted);
            tell($"{host.Name} is started again by its page");
            await Answer(context, network);
        });
        routes.MapPost(Path + "/cut", async context =>
        {
            if (!network.CanBeCut)
                throw new ApiException(
                    StatusCodes.Status409Conflict, ProblemCode.Unavailable, network.Victims.Count == 1
                    ? "one node cannot be cut in two: start with --nodes 2 or more"
                    : "a cluster cannot be cut in two: start without --cluster");
            await network.Cut(context.RequestAborted);
            tell("the network is cut in two; the second half farms with every other plot");
            await Answer(context, network);
        });
        routes.MapDelete(Path + "/cut", async context =>
        {
            await network.Mend();
            tell("the network is one again");
            await Answer(context, network);
        });
    }

    private static Task Answer(HttpContext context, SimulatedNetwork network) =>
        context.Answer(SimulationState.Of(network), SimulationJson.Default.SimulationState);

    /// <exception cref="ApiException">There is none of that name.</exception>
    private static ISimulatedHost Host(HttpContext context, SimulatedNetwork network)
    {
        var name = context.Part("name");
        return network.Shown.FirstOrDefault(host => host.Name == name)
            ?? throw ApiException.NotFound($"there is no host '{name}' in this simulation");
    }
}
