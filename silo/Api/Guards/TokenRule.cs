using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Requests;

namespace Chia.Silo.Api.Guards;

/// <summary>
/// Who may ask over HTTP where others than this machine can: whoever knows the token (OPERATIONS 3). Programs send it as <c>Bearer</c>;
/// browsers ask a person for it and send it as the password of <c>Basic</c>, whatever the name. Probes need none.
/// </summary>
/// <param name="token">The secret; empty where none was given, and then nobody may ask.</param>
internal sealed class TokenRule(string token)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>SHA-256, so that comparing takes the same time whatever is compared.</summary>
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The rule of an address: this machine's pages where it is loopback, the token elsewhere.</summary>
    public static Func<HttpContext, RequestDelegate, Task> For(IPAddress address, string token) =>
        IPAddress.IsLoopback(address) ? SameHostOnly.Check : new TokenRule(token).Check;

    /// <summary>Null if the request may pass, else why not.</summary>
    /// <param name="authorization">The header <c>Authorization</c>; empty if there is none.</param>
    public string? Refusal(string? authorization)
    {
        if (token.Length == 0)
            return "this port is open to other machines and there is no token: name its file (api_token_file of a cluster, rpc_token_file of a node)";
        return Given(authorization ?? "") is { } given && CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), _hash)
            ? null
            : "the token is missing or wrong: send it as Authorization: Bearer TOKEN";
    }

    /// <summary>Refuses in the pipeline, before anything is read.</summary>
    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(HealthEndpoints.Prefix, StringComparison.Ordinal)
            && Refusal(context.Request.Headers.Authorization) is { } why)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"chia\", charset=\"UTF-8\"";
            await Problems.Write(context, new ApiException(StatusCodes.Status401Unauthorized, ProblemCode.Unauthorized, why));
            return;
        }

        // A browser sends the password by itself, whoever's page asks.
        if (context.Request.Headers.Origin is [{ Length: > 0 } origin, ..] && !IsSamePlace(origin, context.Request.Host))
        {
            const string foreign = "pages of other sites may not ask this node";
            await Problems.Write(context, new ApiException(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin, foreign));
            return;
        }

        await next(context);
    }

    /// <summary>The page that asks came from the address that it asks.</summary>
    /// <param name="origin">The header <c>Origin</c>.</param>
    /// <param name="host">The header <c>Host</c>.</param>
    public static bool IsSamePlace(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Host.Trim('[', ']').Equals(host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && from.Port == (host.Port ?? (from.Scheme == Uri.UriSchemeHttps ? 443 : 80));

    private static byte[]? Given(string authorization)
    {
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetBytes(authorization[Bearer.Length..].Trim());
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return null;
        var buffer = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), buffer, out var length))
            return null;
        var colon = Array.IndexOf(buffer, (byte)':', 0, length);
        return colon < 0 ? null : buffer[(colon + 1)..length];
    }
}
