using System.Globalization;
using System.Text;
using System.Text.Json;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Rows of blocks for other programs, streamed, lowest first (OPERATIONS 3). The columns are those of lists and do not
/// change.</summary>
internal static class ExportEndpoints
{
    /// <summary>Heights that are read at a time.</summary>
    private const uint Chunk = 500;

    private const string Columns = "height,hash,parent,timestamp,weight,difficulty,ips,iterations,on_chain,is_tip\n";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/export.csv", context => Export(context, "text/csv", Columns, Csv));
        routes.MapGet($"{ApiPaths.Prefix}/export.jsonl", context => Export(context, "application/jsonl", "", JsonLine));
    }

    private static async Task Export(HttpContext context, string type, string head, Func<BlockListRow, string> write)
    {
        var chain = context.Chain();
        var chainOnly = context.Choice("branch", "main", "main", "all") == "main";
        var top = (await chain.GetSnapshot()).Tips.Max(tip => tip.Height);
        var (from, to) = (context.Height("from") ?? 0, Math.Min(context.Height("to") ?? top, top));
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(head, context.RequestAborted);
        for (ulong first = from; first <= to; first += Chunk)
        {
            var rows = await chain.GetRows((uint)first, (uint)Math.Min(first + Chunk - 1, to), chainOnly, int.MaxValue);
            var text = new StringBuilder();
            foreach (var row in rows.Reverse())
                text.Append(write(BlockEndpoints.Row(row)));
            await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
        }
    }

    private static string Csv(BlockListRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Height},{row.Hash},{row.Parent},{row.Timestamp},{row.Weight},{row.Difficulty},{row.Ips},{row.Iterations},{Word(row.OnChain)},{Word(row.IsTip)}\n");

    private static string JsonLine(BlockListRow row) => JsonSerializer.Serialize(row, ApiJson.Default.BlockListRow) + "\n";

    private static string Word(bool value) => value ? "true" : "false";
}
