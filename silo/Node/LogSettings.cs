using Chia.Silo.Configuration;

namespace Chia.Silo.Node;

/// <summary>Where log lines go, and how they are written (OPERATIONS 5).</summary>
internal sealed record LogSettings
{
    private const int MegaByte = 1_000_000;

    /// <summary>What is written of categories that nobody says anything of.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Levels of categories, and those below them.</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels { get; init; } = new Dictionary<string, LogLevel>();

    public LogFormat Format { get; init; }

    /// <summary>Full path of a file that is written beside standard error; empty for none.</summary>
    public string File { get; init; } = "";

    /// <summary>Bytes after which a file is followed by another.</summary>
    public long FileBytes { get; init; } = 20 * MegaByte;

    /// <summary>Files kept.</summary>
    public int Files { get; init; } = 5;

    /// <summary>What the configuration says.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="root">Where a file lies that is named without a folder.</param>
    public static LogSettings Of(NodeConfiguration configuration, string root) => new()
    {
        Level = LevelOf(configuration["log_level"]),
        Levels = LevelsOf(configuration["log_levels"]),
        Format = configuration["log_format"] == "json" ? LogFormat.Json : LogFormat.Text,
        File = configuration["log_file"] is { Length: > 0 } file ? Path.GetFullPath(file, Path.GetFullPath(root)) : "",
        FileBytes = configuration.Number("log_file_megabytes") * MegaByte,
        Files = (int)configuration.Number("log_files"),
    };

    private static LogLevel LevelOf(string name) => Enum.Parse<LogLevel>(name, ignoreCase: true);

    /// <summary>CATEGORY=LEVEL, several separated by commas, as the schema lets them through.</summary>
    public static Dictionary<string, LogLevel> LevelsOf(string text)
    {
        var levels = new Dictionary<string, LogLevel>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            levels[part[..equals]] = LevelOf(part[(equals + 1)..]);
        }

        return levels;
    }
}
