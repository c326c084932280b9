using System.Globalization;
using System.Net;
using Chia.Grains.Work;

namespace Chia.Silo.Configuration;

/// <summary>Kinds of configured values: each says what it expects of a text that is not one of them.</summary>
internal static class ConfigKinds
{
    public static Func<string, string?> Number(long minimum, long maximum) => text =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum
            && value <= maximum
            ? null
            : $"a whole number from {minimum} to {maximum}";

    public static string? Address(string text) =>
        text is "*" or "localhost" || IPAddress.TryParse(text, out _) ? null : "an IP address, localhost or *";

    /// <summary>HOST:PORT or none.</summary>
    public static string? Peer(string text) => IsPeer(text) ? null : "HOST:PORT or none";

    /// <summary>Any number of HOST:PORT, separated by commas.</summary>
    public static string? Peers(string text) =>
        text.Length == 0 || text.Split(',', StringSplitOptions.TrimEntries).All(IsPeer) ? null : "HOST:PORT, several separated by commas";

    /// <summary>Whom a role lets in.</summary>
    public static string? Access(string text) =>
        PeerAccess.TryParse(text, out _) ? null : $"{PeerAccess.Anywhere}, or IP addresses separated by commas";

    public static string? Text(string text) => null;

    /// <summary>Any number of CATEGORY=LEVEL, separated by commas.</summary>
    public static string? Levels(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(part => part.Split('=') is [{ Length: > 0 }, var level] && ConfigSchema.LevelNames.Contains(level))
            ? null
            : $"CATEGORY=LEVEL, several separated by commas, with a level of {string.Join(", ", ConfigSchema.LevelNames)}";

    public static Func<string, string?> OneOf(params string[] choices) => text =>
        choices.Contains(text) ? null : $"one of {string.Join(", ", choices)}";

    private static bool IsPeer(string text)
    {
        try
        {
            Endpoints.ParseOptional(text);
            return true;
        }
        catch (UserException)
        {
            return false;
        }
    }
}
