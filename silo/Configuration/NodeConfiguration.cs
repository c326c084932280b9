using System.Globalization;
using Chia.Silo.Views;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Configuration;

/// <summary>
/// The configured values, on Microsoft.Extensions.Configuration: command line before environment before config.yaml before defaults.
/// Every value is checked when it is read, and a wrong one is named with where it came from.
/// </summary>
internal sealed class NodeConfiguration
{
    public const string FileName = "config.yaml";

    private readonly OptionSettings _options = new();
    private readonly IConfiguration _root;

    /// <summary>Nothing but defaults, and what is set.</summary>
    public NodeConfiguration() => _root = Build(_options);

    private NodeConfiguration(FileSettings file, EnvironmentSettings environment)
    {
        File = file;
        _root = Build(file, environment, _options);
    }

    /// <summary>The file; null if there is none to be read.</summary>
    public FileSettings? File { get; }

    public string this[string path] => _root[KeyOf(path).Entry] ?? KeyOf(path).Default;

    /// <summary>Somebody said so: it is not the default.</summary>
    public bool IsSet(string path) => _root[KeyOf(path).Entry] is not null;

    public long Number(string path) => long.Parse(this[path], CultureInfo.InvariantCulture);

    /// <summary>Reads the root folder's config.yaml, if there is one, then the environment.</summary>
    /// <exception cref="UserException">A fault; names where.</exception>
    public static NodeConfiguration Load(string root) => Load(root, Environment.GetEnvironmentVariable);

    /// <summary>What the environment says alone.</summary>
    public static NodeConfiguration OfEnvironment() => Load("", Environment.GetEnvironmentVariable);

    /// <summary>As <see cref="Load(string)"/>, from this environment.</summary>
    public static NodeConfiguration Load(string root, Func<string, string?> variable) =>
        new(new FileSettings(root.Length == 0 ? "" : Path.Combine(root, FileName)), new EnvironmentSettings(variable));

    /// <summary>Reads the file again. True if anything is different now.</summary>
    /// <exception cref="UserException">A fault in it: everything stays as it was.</exception>
    public bool Reload() => File?.Reload() == true;

    /// <summary>A value from the command line, <c>section.key=value</c>.</summary>
    public void SetOption(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UserException($"'{assignment}' sets nothing: expected KEY=VALUE, such as full_node.port=8444");
        var path = assignment[..equals].Trim();
        var key = ConfigSchema.Find(path)
            ?? throw new UserException(
                Suggestion.Question(path, ConfigSchema.All.Select(known => known.Path)) is { Length: > 0 } question
                    ? $"unknown key '{path}'{question}"
                    : $"unknown key '{path}'; chia init writes a {FileName} with all of them");
        _options.Set(key, assignment[(equals + 1)..].Trim(), $"option --set {path}");
    }

    /// <summary>A value from an option of its own; null leaves what is there.</summary>
    public void SetOption(string path, string? value, string option)
    {
        if (value is not null)
            _options.Set(
                ConfigSchema.Find(path) ?? throw new UserException($"{option} does not go with this role"), value, $"option {option}");
    }

    /// <summary>Takes in one section, from a file that holds more than a node's settings.</summary>
    public void ReadSection(string path, YamlNode name, YamlNode value)
    {
        var values = FileSettings.NewData();
        FileSettings.ReadEntry(values, path, "", name, value);
        foreach (var (entry, text) in values)
            _options.Set(entry, text);
    }

    private static ConfigKey KeyOf(string path) => ConfigSchema.Find(path) ?? throw new ArgumentException($"no key {path}");

    /// <summary>The last source goes before all others.</summary>
    private static IConfigurationRoot Build(params ConfigurationProvider[] sources)
    {
        var builder = new ConfigurationBuilder();
        foreach (var source in sources)
            builder.Add(new Made(source));
        return builder.Build();
    }

    /// <summary>A source that is there already.</summary>
    private sealed class Made(ConfigurationProvider provider) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => provider;
    }
}
