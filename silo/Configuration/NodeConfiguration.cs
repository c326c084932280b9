using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Configuration;

/// <summary>
/// The configured values: command line before environment before config.yaml before defaults. Every value is checked when it is read,
/// and a wrong one is named with where it came from.
/// </summary>
internal sealed class NodeConfiguration
{
    public const string FileName = "config.yaml";

    private readonly Dictionary<string, string> _values = [];

    public string this[string path] =>
        _values.TryGetValue(path, out var value)
            ? value
            : (ConfigSchema.Find(path) ?? throw new ArgumentException($"no key {path}")).Default;

    /// <summary>Somebody said so: it is not the default.</summary>
    public bool IsSet(string path) => _values.ContainsKey(path);

    public long Number(string path) => long.Parse(this[path], CultureInfo.InvariantCulture);

    /// <summary>Reads the root folder's config.yaml, if there is one, then the environment.</summary>
    public static NodeConfiguration Load(string root)
    {
        var configuration = new NodeConfiguration();
        var path = Path.Combine(root, FileName);
        if (File.Exists(path))
            configuration.ReadFile(path);
        foreach (var key in ConfigSchema.All)
        {
            if (Environment.GetEnvironmentVariable(key.Variable) is { Length: > 0 } value)
                configuration.Set(key, value, $"environment variable {key.Variable}");
        }

        return configuration;
    }

    /// <summary>A value from the command line, <c>section.key=value</c>.</summary>
    public void SetOption(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UserException($"'{assignment}' sets nothing: expected KEY=VALUE, such as full_node.port=8444");
        var path = assignment[..equals].Trim();
        var key = ConfigSchema.Find(path)
            ?? throw new UserException($"unknown key '{path}'; chia init writes a {FileName} with all of them");
        Set(key, assignment[(equals + 1)..].Trim(), $"option --set {path}");
    }

    /// <summary>A value from an option of its own; null leaves what is there.</summary>
    public void SetOption(string path, string? value, string option)
    {
        if (value is not null)
            Set(ConfigSchema.Find(path) ?? throw new UserException($"{option} does not go with this role"), value, $"option {option}");
    }

    /// <summary>Takes in one section, from a file that holds more than a node's settings.</summary>
    public void ReadSection(string path, YamlNode name, YamlNode value) => ReadEntry(path, "", name, value);

    private void ReadFile(string path)
    {
        switch (YamlText.Parse(YamlText.ReadFile(path), path))
        {
            case null:
                return;
            case YamlMappingNode root:
                foreach (var (name, value) in root.Children)
                    ReadEntry(path, "", name, value);
                return;
            default:
                throw new UserException($"{path}: expected names and values");
        }
    }

    private void ReadEntry(string path, string section, YamlNode name, YamlNode value)
    {
        var text = name is YamlScalarNode { Value: { } scalar }
            ? scalar
            : throw new UserException($"{path}, line {name.Start.Line}: expected a name");
        if (value is YamlMappingNode mapping && section.Length == 0)
        {
            if (ConfigSchema.All.All(key => key.Section != text))
                throw new UserException($"{path}, line {name.Start.Line}: unknown section '{text}'");
            foreach (var (inner, innerValue) in mapping.Children)
                ReadEntry(path, text, inner, innerValue);
            return;
        }

        var full = section.Length == 0 ? text : $"{section}.{text}";
        var key = ConfigSchema.Find(full) ?? throw new UserException($"{path}, line {name.Start.Line}: unknown key '{full}'");
        var content = value switch
        {
            YamlScalarNode s => s.Value ?? "",
            YamlSequenceNode list when list.All(item => item is YamlScalarNode) =>
                string.Join(",", list.Select(item => ((YamlScalarNode)item).Value)),
            _ => throw new UserException($"{path}, line {value.Start.Line}: {full} takes a single value"),
        };
        Set(key, content, $"{path}, line {value.Start.Line}");
    }

    private void Set(ConfigKey key, string value, string source)
    {
        if (key.Expect(value) is { } expected)
            throw new UserException($"{source}: {key.Path} must be {expected}, not '{value}'");
        _values[key.Path] = value;
    }
}
