using Microsoft.AspNetCore.Http.HttpResults;

namespace Chia.Silo.Page;

/// <summary>
/// The page at <c>/</c> (OPERATIONS 6): embedded files, no build, no other host. What a browser may do with them is said with each: run
/// and load what comes from here, and nothing else.
/// </summary>
internal static class PageEndpoints
{
    /// <summary>No inline script or style, no other host, in nobody's frame; forms are sent by script only.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Start = "index.html";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context) => Serve(context, Start));
        routes.MapGet("/page/{**file}", (HttpContext context, string file) => Serve(context, file));
    }

    private static Results<FileContentHttpResult, NotFound> Serve(HttpContext context, string name)
    {
        if (!PageFile.All.TryGetValue(name, out var file))
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache"; // asks each time, and is answered by the tag: another version of the program has other files
        return TypedResults.File(file.Bytes, file.ContentType, entityTag: file.Tag);
    }
}
