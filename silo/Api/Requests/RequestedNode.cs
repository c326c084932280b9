using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Requests;

/// <summary>The node that a request is about, and how it is answered.</summary>
internal static class RequestedNode
{
    /// <summary>The node that a request is about.</summary>
    /// <exception cref="ApiException">There is none of that name, or it does not run.</exception>
    public static ApiNode Node(this HttpContext context)
    {
        var nodes = context.RequestServices.GetRequiredService<INodeSource>();
        var name = context.Text("node");
        if (nodes.Find(name) is { } node)
            return node;
        throw name is null || nodes.Names.Contains(name)
            ? new ApiException(
                StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable, $"node {name ?? nodes.Names[0]} does not run just now")
            : ApiException.NotFound($"there is no node '{name}': there are {string.Join(", ", nodes.Names)}");
    }

    /// <summary>The chain of the node that a request is about.</summary>
    /// <exception cref="ApiException">It has none.</exception>
    public static IBlockchainGrain Chain(this HttpContext context)
    {
        var node = context.NodeWith(Role.FullNode);
        return node.Grains.GetGrain<IBlockchainGrain>(node.Key);
    }

    /// <summary>The node that a request is about, which must have this role: if nobody says which, the first that has.</summary>
    /// <exception cref="ApiException">There is none, or it does not run.</exception>
    public static ApiNode NodeWith(this HttpContext context, Role role) => context.FindWith(role) ?? throw context.NoNodeWith(role);

    /// <summary>As <see cref="NodeWith"/>; null if there is none.</summary>
    public static ApiNode? FindWith(this HttpContext context, Role role)
    {
        var node = context.Node();
        if (node.Has(role))
            return node;
        var nodes = context.RequestServices.GetRequiredService<INodeSource>();
        return context.Text("node") is null
            ? nodes.Names.Select(nodes.Find).FirstOrDefault(n => n is not null && n.Has(role))
            : null;
    }

    /// <summary>The answer where no node has a role.</summary>
    public static ApiException NoNodeWith(this HttpContext context, Role role)
    {
        var node = context.Node();
        return ApiException.NoRole($"node {node.Name} is no {RoleNames.Of(role)}: it is {Roles(node)}");
    }

    /// <summary>Answers with JSON.</summary>
    public static Task Answer<T>(this HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        if (context.Response.Headers.CacheControl.Count == 0)
            context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    private static string Roles(ApiNode node) => string.Join(", ", node.Roles.Select(RoleNames.Of));
}
