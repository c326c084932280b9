using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Chia.Silo.Page;

/// <summary>A file of the page, as it is built into the program.</summary>
/// <param name="Bytes">What it holds.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">Names these bytes: a browser that has them is told so.</param>
internal sealed record PageFile(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag)
{
    private const string Prefix = "page/";

    /// <summary>All files by their names, with slashes: <c>index.html</c>, <c>sections/chain.js</c>.</summary>
    public static FrozenDictionary<string, PageFile> All { get; } = Load(typeof(PageFile).Assembly);

    private static FrozenDictionary<string, PageFile> Load(Assembly assembly) => assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(assembly, name), StringComparer.Ordinal);

    private static PageFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new PageFile(
            bytes, TypeOf(name), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"the page has a file of an unknown kind: {other}"),
    };
}
