using Chia.Silo.Configuration;
using Chia.Silo.Views;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Keys;

/// <summary>
/// A YAML mapping in a file for its owner only. What it holds beside our keys is kept. Faults name file and line and never the value: it
/// may be a secret.
/// </summary>
internal sealed class SecretYaml
{
    private readonly string _path;

    private SecretYaml(string path, YamlMappingNode root)
    {
        _path = path;
        Root = root;
    }

    public YamlMappingNode Root { get; }

    /// <summary>Reads a file; an empty mapping if there is none.</summary>
    /// <exception cref="UserException">Not readable, open to others, or no YAML mapping.</exception>
    public static SecretYaml Load(string path) => Parse(path, SecretFile.Read(path));

    /// <summary>Reads a file, changes it and writes it back, keys in order, as the reference does; nobody else changes it
    /// meanwhile.</summary>
    /// <param name="path">The file; made if it is not there.</param>
    /// <param name="change">Returns false to leave everything as it is.</param>
    /// <exception cref="UserException">As <see cref="Load"/>, or it cannot be written.</exception>
    public static void Change(string path, Func<SecretYaml, bool> change) => SecretFile.Change(path, text =>
    {
        var yaml = Parse(path, text);
        return change(yaml) ? yaml.ToText() : null;
    });

    public bool Has(string key) => Root.Children.ContainsKey(key);

    /// <summary>A value that must be there. What stands there instead, misspelt, is named.</summary>
    public YamlNode Get(string key) =>
        Root.Children.TryGetValue(key, out var value) ? value
        : Root.Children.Keys.FirstOrDefault(other => Suggestion.For(NameOf(other), [key]) is not null) is { } misspelt
            ? throw Fault(misspelt, $"unknown key '{NameOf(misspelt)}': did you mean '{key}'?")
            : throw new UserException($"{_path}: {key} is missing");

    /// <summary>Refuses what a mapping does not have: its owner believes that it is heeded.</summary>
    public void Allow(YamlMappingNode mapping, params IReadOnlyList<string> keys)
    {
        if (mapping.Children.Keys.FirstOrDefault(key => !keys.Contains(NameOf(key))) is { } unknown)
            throw Fault(unknown, $"unknown key '{NameOf(unknown)}'{Suggestion.Question(NameOf(unknown), keys)}");
    }

    /// <summary>Decodes a hexadecimal value of a fixed size.</summary>
    public byte[] Bytes(YamlNode node, string name, int size) =>
        node is YamlScalarNode { Value: { } text } && text.Length == 2 * size && TryDecode(text, out var bytes)
            ? bytes
            : throw Fault(node, $"{name} must be {2 * size} hexadecimal digits");

    public UserException Fault(YamlNode node, string what) => new($"{_path}, line {node.Start.Line}: {what}");

    /// <summary>Hexadecimal text; quoted where a YAML reader might take it for a number.</summary>
    public static YamlScalarNode Hex(ReadOnlySpan<byte> bytes)
    {
        var text = Convert.ToHexStringLower(bytes);
        var mayBeNumber = text.All(c => char.IsAsciiDigit(c) || c == 'e');
        return new YamlScalarNode(text) { Style = mayBeNumber ? ScalarStyle.SingleQuoted : ScalarStyle.Plain };
    }

    /// <summary>A file's text; an empty mapping if there is none.</summary>
    /// <exception cref="UserException">It is no YAML mapping.</exception>
    public static SecretYaml Parse(string path, string? text) => YamlText.Parse(text ?? "", path, isSecret: true) switch
    {
        null => new SecretYaml(path, []),
        YamlMappingNode root => new SecretYaml(path, root),
        _ => throw new UserException($"{path}: expected names and values"),
    };

    private string ToText()
    {
        var sorted = new YamlMappingNode();
        foreach (var (key, value) in Root.Children.OrderBy(c => c.Key.ToString(), StringComparer.Ordinal))
            sorted.Add(key, value);
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(sorted)).Save(text, assignAnchors: false);
        // YamlStream ends a document with "...", which no reader needs.
        return text.ToString().TrimEnd().TrimEnd('.').TrimEnd() + "\n";
    }

    private static string NameOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!text.All(char.IsAsciiHexDigit))
            return false;
        bytes = Convert.FromHexString(text);
        return true;
    }
}
