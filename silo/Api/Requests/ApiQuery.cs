using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace Chia.Silo.Api.Requests;

/// <summary>Reads parameters of a request. A wrong one is answered with its name and what was expected.</summary>
internal static class ApiQuery
{
    /// <summary>The longest body, bytes: it holds an address or a name.</summary>
    private const int LongestBody = 10_000;

    /// <summary>A parameter of the query; null if it is not there or empty.</summary>
    /// <exception cref="ApiException">It is given more than once.</exception>
    public static string? Text(this HttpContext context, string name)
    {
        var values = context.Request.Query[name];
        return values.Count > 1
            ? throw ApiException.BadParameter($"{name} is given {values.Count} times")
            : values is [{ Length: > 0 } text] ? text : null;
    }

    /// <summary>A whole number of the query.</summary>
    /// <exception cref="ApiException">It is none, or out of its range.</exception>
    public static long? Number(this HttpContext context, string name, long minimum, long maximum)
    {
        if (context.Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum
            && number <= maximum
            ? number
            : throw ApiException.BadParameter($"{name} must be a whole number from {minimum} to {maximum}, not '{text}'");
    }

    /// <summary>A height of the query.</summary>
    /// <exception cref="ApiException">It is none.</exception>
    public static uint? Height(this HttpContext context, string name) => (uint?)context.Number(name, 0, uint.MaxValue);

    /// <summary>One word of several.</summary>
    /// <exception cref="ApiException">It is another.</exception>
    public static string Choice(this HttpContext context, string name, string otherwise, params ReadOnlySpan<string> choices)
    {
        var text = context.Text(name) ?? otherwise;
        return choices.Contains(text)
            ? text
            : throw ApiException.BadParameter($"{name} must be one of {string.Join(", ", choices)}, not '{text}'");
    }

    /// <summary>Several words, separated by commas, each one of several; all of them if the parameter is not there.</summary>
    /// <exception cref="ApiException">One is another.</exception>
    public static IReadOnlyList<string> Choices(this HttpContext context, string name, IReadOnlyList<string> choices)
    {
        if (context.Text(name) is not { } text)
            return choices;
        string[] words = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        return words.FirstOrDefault(word => !choices.Contains(word)) is { } wrong
            ? throw ApiException.BadParameter($"{name} must be of {string.Join(", ", choices)}, not '{wrong}'")
            : words;
    }

    /// <summary>The body, which must be JSON of this shape.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public static async Task<T> Body<T>(this HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (context.Request.ContentLength > LongestBody)
                throw ApiException.BadParameter($"the body has more than {LongestBody} bytes");

            // A body without a stated length is counted as it comes.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = LongestBody;
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw ApiException.BadParameter("the body is null");
        }
        catch (JsonException error)
        {
            throw ApiException.BadParameter($"the body is not what is expected: {error.Message}");
        }
    }

    /// <summary>A part of the path.</summary>
    public static string Part(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
