using System.CommandLine;
using Chia.Silo.Configuration;
using Chia.Silo.Node;

namespace Chia.Silo.Commands.Options;

/// <summary>Where log lines go, for every command that runs until it is told to stop (OPERATIONS 5).</summary>
internal sealed class LogOptions
{
    private readonly Option<string?> _level = new("--log-level")
    {
        Description = $"Which lines are written: {string.Join(", ", ConfigSchema.LevelNames)} (CHIA_LOG_LEVEL).",
        HelpName = "LEVEL",
    };

    private readonly Option<string?> _format = new("--log-format")
    {
        Description = "text, or json: an object a line (CHIA_LOG_FORMAT).",
        HelpName = "text|json",
    };

    private readonly Option<string?> _file = new("--log-file")
    {
        Description = "File for log lines, beside standard error; followed by another when it is long (CHIA_LOG_FILE).",
        HelpName = "FILE",
    };

    public LogOptions()
    {
        _level.CompletionSources.Add(ConfigSchema.LevelNames);
        _format.CompletionSources.Add("text", "json");
    }

    public void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_format);
        command.Add(_file);
    }

    /// <summary>Makes them part of a configuration. A file is named from where the command is given.</summary>
    public void Set(ParseResult parsed, NodeConfiguration configuration)
    {
        configuration.SetOption("log_level", parsed.GetValue(_level), "--log-level");
        configuration.SetOption("log_format", parsed.GetValue(_format), "--log-format");
        configuration.SetOption(
            "log_file", parsed.GetValue(_file) is { Length: > 0 } file ? Path.GetFullPath(file) : null, "--log-file");
    }

    /// <summary>What options and environment say, for commands without a config.yaml.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="root">Where a file lies that the environment names without a folder.</param>
    /// <param name="isLevelSaid">Somebody said which lines.</param>
    public LogSettings Settings(ParseResult parsed, string root, out bool isLevelSaid)
    {
        var configuration = NodeConfiguration.OfEnvironment();
        Set(parsed, configuration);
        isLevelSaid = configuration.IsSet("log_level");
        return LogSettings.Of(configuration, root);
    }
}
