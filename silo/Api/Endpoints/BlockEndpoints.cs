using System.Globalization;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Answers;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Simulation.Hosts;
using Microsoft.Net.Http.Headers;
using BlockVerification = Chia.Silo.Api.Shapes.BlockVerification;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Blocks: lists, one whole, its bytes, its proofs verified again (OPERATIONS 3).</summary>
internal static class BlockEndpoints
{
    /// <summary>Most rows of a list.</summary>
    private const int MostRows = 500;

    private const int UsualRows = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/blocks", List);
        routes.MapGet($"{ApiPaths.Prefix}/blocks/{{id}}", One);
        routes.MapGet($"{ApiPaths.Prefix}/blocks/{{id}}/raw", Raw);
        routes.MapPost($"{ApiPaths.Prefix}/blocks/{{id}}/verify", Verify);
    }

    private static async Task List(HttpContext context)
    {
        var limit = (int)(context.Number("limit", 1, MostRows) ?? UsualRows);
        var chainOnly = context.Choice("branch", "main", "main", "all") == "main";
        var before = context.Height("before");
        var chain = context.Chain();
        var tip = (await chain.GetSnapshot()).Heaviest.Height;
        var page = before is 0 ? [] : await WholeHeights(chain, before is { } b ? b - 1 : uint.MaxValue, limit, chainOnly);
        var next = page is [.., { Height: > 0 and var last }] ? last : (uint?)null;
        await context.Answer(new BlockList(page, next, tip), ApiJson.Default.BlockList);
    }

    /// <summary>
    /// So many rows down from a height. If the last height does not fit whole, it is left for the next page, unless it is the only one.
    /// </summary>
    private static async Task<List<BlockListRow>> WholeHeights(IBlockchainGrain chain, uint to, int limit, bool chainOnly)
    {
        var rows = (await chain.GetRows(0, to, chainOnly, limit + 1)).Select(Row).ToList();
        if (rows.Count <= limit)
            return rows;
        var cut = rows[limit].Height;
        return rows[0].Height == cut ? rows[..limit] : [.. rows.Where(row => row.Height > cut)];
    }

    private static async Task One(HttpContext context)
    {
        var chain = context.Chain();
        var place = await Find(context, chain);
        // Its bytes never change; whether it is on the chain, and its children, do.
        var etag = $"\"{place.Row.Block.HeaderHash}-{(place.Row.IsOnChain ? 1 : 0)}{(place.Row.IsTip ? 1 : 0)}{place.Children.Length}\"";
        context.Response.Headers.CacheControl = "no-cache";
        if (IsKnown(context, etag))
            return;
        var block = await chain.GetBlock(place.Row.Block.HeaderHash)
            ?? throw ApiException.NotFound($"block {place.Row.Block.HeaderHash} is not stored any more");
        await context.Answer(
            BlockDetails.Of(place, block, context.NodeWith(Role.FullNode).Network.Constants), ApiJson.Default.BlockDetail);
    }

    private static async Task Raw(HttpContext context)
    {
        var chain = context.Chain();
        var hash = await Hash(context, chain);
        var block = await chain.GetBlock(hash) ?? throw Unknown(hash.ToString());
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (IsKnown(context, $"\"{hash}\""))
            return;
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = block.Bytes.Length;
        await context.Response.Body.WriteAsync(block.Bytes, context.RequestAborted);
    }

    private static async Task Verify(HttpContext context)
    {
        var chain = context.Chain();
        var place = await Find(context, chain);
        var hash = place.Row.Block.HeaderHash;
        var block = await chain.GetBlock(hash) ?? throw Unknown(hash.ToString());
        var verification = await context.NodeWith(Role.FullNode).Grains.GetGrain<IBlockVerifierGrain>(0)
            .Verify(block, context.RequestAborted);
        await context.Answer(Describe(place, verification), ApiJson.Default.BlockVerification);
    }

    private static BlockVerification Describe(BlockPlace place, GrainInterfaces.Validation.BlockVerification verification)
    {
        var checks = verification.Proofs
            .Select(p => new ProofCheck(p.Proof, p.Fault is null, Math.Round(p.Elapsed.TotalMilliseconds, 3), p.Fault)).ToList();
        return new BlockVerification(
            place.Row.Block.HeaderHash.ToString(),
            place.Row.Block.Height,
            verification.Verdict.Passed,
            Math.Round(checks.Sum(check => check.Milliseconds), 3),
            checks)
        {
            Rule = verification.Verdict.Rule?.ToString(),
            Detail = verification.Verdict.Detail,
        };
    }

    public static BlockListRow Row(BlockRow row) =>
        new(
            row.Block.Height,
            row.Block.HeaderHash.ToString(),
            row.Block.PrevHeaderHash.ToString(),
            row.Block.Timestamp,
            row.Block.TotalWeight,
            row.Block.Difficulty,
            row.Block.IterationsPerSecond,
            row.Iterations,
            row.IsOnChain,
            row.IsTip);

    private static async Task<BlockPlace> Find(HttpContext context, IBlockchainGrain chain)
    {
        var hash = await Hash(context, chain);
        return await chain.GetPlace(hash) ?? throw Unknown(hash.ToString());
    }

    /// <summary>The block that the path names: by its height on the chain, by its header hash, or the heaviest tip.</summary>
    private static async Task<Bytes32> Hash(HttpContext context, IBlockchainGrain chain)
    {
        var id = context.Part("id");
        if (id == "tip")
            return (await chain.GetSnapshot()).Heaviest.HeaderHash;
        if (id.Length != 2 * Bytes32.Size && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var height))
        {
            return (await chain.GetAtHeight(height))?.HeaderHash
                ?? throw ApiException.NotFound(
                    $"there is no block at height {height}: the heaviest tip has {(await chain.GetSnapshot()).Heaviest.Height}");
        }

        return Bytes32.TryFromHex(id, out var hash)
            ? hash
            : throw ApiException.BadParameter(
                $"'{id}' is no block: expected a height, a header hash of {2 * Bytes32.Size} hexadecimal digits, or tip");
    }

    private static ApiException Unknown(string hash) => ApiException.NotFound($"no block {hash} is stored");

    /// <summary>True if the asker has this version already; then the answer says so and nothing more.</summary>
    private static bool IsKnown(HttpContext context, string etag)
    {
        context.Response.Headers.ETag = etag;
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        var tag = new EntityTagHeaderValue(etag);
        if (!known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false)))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
