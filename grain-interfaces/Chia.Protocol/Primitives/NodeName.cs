using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Chia.Protocol.Primitives;

/// <summary>
/// Name of one node. A cluster may host several: everything that one of them owns, grains, streams and tables, carries its name.
/// </summary>
public readonly record struct NodeName
{
    /// <summary>Characters at most: as many as a DNS label, so that hosts, pods and labels of metrics can be called after a
    /// node.</summary>
    public const int MaxLength = 63;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly string? _text;

    private NodeName(string text) => _text = text;

    /// <summary>The node's name when nothing else is configured.</summary>
    public static NodeName Main { get; } = new("main");

    /// <summary>Reads one. False for an empty or overlong text, and for anything but ASCII letters, digits, <c>-</c>, <c>_</c> and
    /// <c>.</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeName name)
    {
        var isName = text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Characters);
        name = isName ? new NodeName(text!) : default;
        return isName;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no name.</exception>
    public static NodeName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException("no name of a node: expected 1 to 63 letters, digits, '-', '_' or '.'");

    /// <summary>The text; empty for the default value, which names no node.</summary>
    public override string ToString() => _text ?? "";
}
