using System.Diagnostics.CodeAnalysis;

namespace Chia.Protocol.Primitives;

/// <summary>
/// Name of one connection, unique in the cluster and never used again: what a peer's grain, its messages and its penalties are filed
/// under. It says nothing about who the peer is (DECISIONS 20).
/// </summary>
public readonly record struct ConnectionId
{
    /// <summary>Characters at most; those that we make have 32.</summary>
    public const int MaxLength = 64;

    /// <summary>What keys of grains are divided by.</summary>
    private const char Divider = '/';

    private readonly string? _text;

    private ConnectionId(string text) => _text = text;

    /// <summary>A new one, drawn from 122 random bits.</summary>
    public static ConnectionId New() => new(Guid.NewGuid().ToString("n"));

    /// <summary>Reads one. False for an empty or overlong text, for a slash, which divides keys of grains, and for anything but printable
    /// ASCII.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConnectionId id)
    {
        var isId = text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && !text.Contains(Divider);
        id = isId ? new ConnectionId(text!) : default;
        return isId;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no id.</exception>
    public static ConnectionId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("no connection id");

    /// <summary>The text; empty for the default value, which names no connection.</summary>
    public override string ToString() => _text ?? "";
}
