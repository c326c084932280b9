using System.Text.Json;
using Chia.GrainInterfaces.Clusters;
using Chia.Silo.Views;
using Chia.Storage.Errors;
using Microsoft.AspNetCore.WebUtilities;

namespace Chia.Silo.Api.Requests;

/// <summary>Turns what went wrong with a request of the API into a problem document (RFC 9457).</summary>
internal static class Problems
{
    private const string ContentType = "application/problem+json";

    /// <summary>In the pipeline around everything below <c>/api</c>: what is thrown, and what nobody answered.</summary>
    public static async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return;
            await Write(context, Of(error, context));
            return;
        }

        if (!context.Response.HasStarted && context.Response.ContentLength is null && Unanswered(context) is { } problem)
            await Write(context, problem);
    }

    public static Task Write(HttpContext context, ApiException problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        var document = new Problem(
            "about:blank", ReasonPhrases.GetReasonPhrase(problem.Status), problem.Status, problem.Code, Printable.Escape(problem.Message));
        return JsonSerializer.SerializeAsync(context.Response.Body, document, ApiJson.Default.Problem, context.RequestAborted);
    }

    private static ApiException Of(Exception error, HttpContext context)
    {
        switch (error)
        {
            case ApiException problem:
                return problem;
            case BadHttpRequestException bad:
                return new ApiException(bad.StatusCode, ProblemCode.BadParameter, bad.Message);
            case var passing when CallFaults.Of(passing) != CallFault.Failed:
                return new ApiException(
                    StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable,
                    $"the node does not answer just now: {error.Message}");
            case StoreException:
                ApiLog.Failed(LogOf(context), error, context.Request.Path);
                return new ApiException(StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable, error.Message);
            default:
                ApiLog.Failed(LogOf(context), error, context.Request.Path);
                return new ApiException(
                    StatusCodes.Status500InternalServerError, ProblemCode.InternalError, "an internal error; the log has its details");
        }
    }

    private static ILogger LogOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Chia.Api");

    private static ApiException? Unanswered(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ApiException.NotFound($"there is nothing at {context.Request.Path}: see /openapi/v1.json"),
        StatusCodes.Status405MethodNotAllowed => new ApiException(
            StatusCodes.Status405MethodNotAllowed,
            ProblemCode.WrongMethod,
            $"{context.Request.Path} does not take {context.Request.Method}: it takes {context.Response.Headers.Allow}"),
        StatusCodes.Status415UnsupportedMediaType => new ApiException(
            StatusCodes.Status415UnsupportedMediaType,
            ProblemCode.BadParameter,
            $"{context.Request.Path} takes application/json, and says so with Content-Type"),
        _ => null,
    };
}

/// <summary>Log lines of the API.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "A request for {Path} failed")]
    public static partial void Failed(ILogger log, Exception error, string path);
}
