using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Api.Endpoints;

/// <summary>The chain as a whole: its branches, its curves (OPERATIONS 3).</summary>
internal static class ChainEndpoints
{
    /// <summary>Most heights of a tree (OPERATIONS 3).</summary>
    private const uint MostHeights = 500;

    private const uint UsualHeights = 30;

    /// <summary>Most blocks of a tree: three times as many as heights, since three tips are kept.</summary>
    private const int MostNodes = 3 * (int)MostHeights;

    private const int MostPoints = 5000;

    private const int UsualPoints = 500;

    private static readonly string[] Metrics = ["difficulty", "netspace", "block_time", "ips", "weight"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/tree", Tree);
        routes.MapGet($"{ApiPaths.Prefix}/series", Series);
    }

    private static async Task Tree(HttpContext context)
    {
        var chain = context.Chain();
        var snapshot = await chain.GetSnapshot();
        var to = context.Height("to") ?? snapshot.Tips.Max(tip => tip.Height);
        var from = context.Height("from") ?? (to >= UsualHeights ? to - UsualHeights + 1 : 0);
        if (from > to)
            throw ApiException.BadParameter($"from must not be above to: {from} is above {to}");
        if (to - from >= MostHeights)
            throw ApiException.BadParameter(
                $"a tree has at most {MostHeights} heights, not {(ulong)to - from + 1}: ask for less between from and to");
        var nodes = (await chain.GetRows(from, to, chainOnly: false, MostNodes))
            .Select(row => new TreeNode(
                row.Block.Height, row.Block.HeaderHash.ToString(), row.Block.PrevHeaderHash.ToString(), row.IsOnChain, row.IsTip,
                row.Block.Timestamp));
        await context.Answer(new BlockTree(from, to, snapshot.Lca.HeaderHash.ToString(), [.. nodes]), ApiJson.Default.BlockTree);
    }

    private static async Task Series(HttpContext context)
    {
        var metrics = context.Choices("metrics", Metrics);
        var most = (int)(context.Number("points", 1, MostPoints) ?? UsualPoints);
        var (from, to) = (context.Height("from") ?? 0, context.Height("to") ?? uint.MaxValue);
        if (from > to)
            throw ApiException.BadParameter($"from must not be above to: {from} is above {to}");
        var points = await context.Chain().GetSeries(from, to, most);
        var columns =
            new SeriesColumns([.. points.Select(p => p.Height)], [.. points.Select(p => p.Timestamp)], [.. points.Select(p => p.Blocks)])
            {
                Difficulty = metrics.Contains("difficulty") ? [.. points.Select(p => p.Difficulty)] : null,
                Netspace = metrics.Contains("netspace") ? [.. points.Select(p => p.Netspace)] : null,
                BlockTime = metrics.Contains("block_time") ? [.. points.Select(p => p.Seconds / p.Blocks)] : null,
                Ips = metrics.Contains("ips") ? [.. points.Select(p => p.IterationsPerSecond)] : null,
                Weight = metrics.Contains("weight") ? [.. points.Select(p => p.Weight)] : null,
            };
        await context.Answer(columns, ApiJson.Default.SeriesColumns);
    }
}
