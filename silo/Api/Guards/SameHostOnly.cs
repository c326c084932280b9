using System.Net;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Requests;

namespace Chia.Silo.Api.Guards;

/// <summary>
/// Who may ask over HTTP. The port is on loopback, but a browser on this machine reaches it too: a page of another site, or one whose name
/// is made to lead here (DNS rebinding). Both are known by what a browser must send, <c>Host</c> and <c>Origin</c> (OPERATIONS 3).
/// </summary>
internal static class SameHostOnly
{
    /// <summary>Null if the request may pass, else why not.</summary>
    /// <param name="host">The header <c>Host</c>.</param>
    /// <param name="origin">The header <c>Origin</c>; empty if there is none.</param>
    public static string? Refusal(HostString host, string? origin)
    {
        if (!host.HasValue || !IsThisMachine(host.Host))
            return "the Host header does not name this machine: use http://127.0.0.1 or http://localhost";
        if (string.IsNullOrEmpty(origin))
            return null;
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && from.Scheme == Uri.UriSchemeHttp
            && IsThisMachine(from.Host)
            && from.Port == (host.Port ?? 80)
            ? null
            : "pages of other sites may not ask this node";
    }

    /// <summary>Refuses in the pipeline, before anything is read.</summary>
    public static async Task Check(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(HealthEndpoints.Prefix, StringComparison.Ordinal)
            && Refusal(context.Request.Host, context.Request.Headers.Origin) is { } why)
        {
            await Problems.Write(context, new ApiException(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin, why));
            return;
        }

        await next(context);
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
