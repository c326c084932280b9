using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Configuration;

/// <summary>
/// Rewrites an older config.yaml, or one of the reference: keys get their names of today, what has no meaning any more becomes a comment,
/// values that stood for a default then stand for that of today. Everything else, comments included, stays as it is. Pure.
/// </summary>
internal sealed class ConfigUpgrade
{
    private readonly string _path;
    private readonly List<string> _lines;
    private readonly SortedDictionary<int, Action> _edits = [];
    private readonly List<string> _changes = [];

    private ConfigUpgrade(string text, string path) => (_lines, _path) = ([.. text.Split('\n')], path);

    /// <summary>The text of today.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>What was changed, a line each; none if there was nothing to do.</summary>
    public IReadOnlyList<string> Changes => _changes;

    /// <param name="text">A config.yaml.</param>
    /// <param name="path">Where it lies, for messages.</param>
    /// <exception cref="UserException">It is no YAML, or holds what no version knew; names the line.</exception>
    public static ConfigUpgrade Of(string text, string path)
    {
        var upgrade = new ConfigUpgrade(text, path);
        if (YamlText.Parse(text, path) is YamlMappingNode root)
            upgrade.Read(root);

        // From the end, so that lines keep their numbers until their turn.
        foreach (var edit in upgrade._edits.Values.Reverse())
            edit();
        FileSettings.Parse(upgrade.Text, path);
        return upgrade;
    }

    private void Read(YamlMappingNode root)
    {
        foreach (var (name, value) in root.Children)
        {
            var text = TextOf(name);
            if (value is YamlMappingNode section && ConfigSchema.All.Any(key => key.Section == text))
            {
                foreach (var (inner, innerValue) in section.Children)
                    Apply($"{text}.{TextOf(inner)}", section, inner, innerValue);
            }
            else
            {
                Apply(text, root, name, value);
            }
        }
    }

    private void Apply(string path, YamlMappingNode mapping, YamlNode name, YamlNode value)
    {
        if (ConfigChanges.Find(path) is not { } change)
            return;
        if (mapping.Style == YamlDotNet.Core.Events.MappingStyle.Flow)
            throw new UserException(
                $"{_path}, line {name.Start.Line}: {path} is {change.Describe()}; what stands in braces has to be changed by hand");
        var newName = change.NewPath is { } to ? to[(to.LastIndexOf('.') + 1)..] : null;
        if (newName is null || (newName != TextOf(name) && mapping.Children.Keys.Any(other => TextOf(other) == newName)))
            Plan(path, change, name, () => Comment(name, LastLine(name, value), change));
        else if (newName != TextOf(name))
            Plan(path, change, name, () => Replace(name, newName));
        else if (value is YamlScalarNode { Value: { } old } && old == change.OldValue)
            Plan(path, change, name, () => Replace(value, change.NewValue == "*" ? "'*'" : change.NewValue!));
        else if (value is YamlMappingNode peer && change.OldValue is null)
            Plan(path, change, name, () => Flatten(name, peer));
    }

    private void Plan(string path, ConfigChange change, YamlNode at, Action edit)
    {
        _changes.Add(string.Create(CultureInfo.InvariantCulture, $"line {at.Start.Line}: {path}: {change.Describe()}"));
        _edits.Add((int)at.Start.Line, edit);
    }

    private void Comment(YamlNode name, int last, ConfigChange change)
    {
        var (first, indent) = (Index(name), (int)name.Start.Column - 1);
        for (var i = first; i <= last; i++)
            _lines[i] = $"{new string(' ', indent)}# {(_lines[i].Length > indent ? _lines[i][indent..] : "")}".TrimEnd();
        _lines.Insert(first, $"{new string(' ', indent)}# {char.ToUpperInvariant(change.Describe()[0])}{change.Describe()[1..]}");
    }

    private void Replace(YamlNode node, string text)
    {
        var (line, from, to) = (Index(node), (int)node.Start.Column - 1, (int)node.End.Column - 1);
        _lines[line] = _lines[line][..from] + text + _lines[line][to..];
    }

    /// <summary>host and port on lines of their own become one value; comments between them stay above it.</summary>
    private void Flatten(YamlNode name, YamlMappingNode peer)
    {
        var parts = peer.Children.ToDictionary(part => TextOf(part.Key), part => TextOf(part.Value));
        if (peer.Style == YamlDotNet.Core.Events.MappingStyle.Flow || !parts.TryGetValue("host", out var host)
            || !parts.TryGetValue("port", out var port))
            throw new UserException($"{_path}, line {name.Start.Line}: a peer is one value, HOST:PORT: change it by hand");
        var (first, last) = (Index(name), peer.Children.Max(part => LastLine(part.Key, part.Value)));
        var indent = _lines[first][..((int)name.Start.Column - 1)];
        var comments = _lines[first..(last + 1)].Select(CommentOf).Where(comment => comment.Length > 0);
        string[] kept = [.. comments.Select(comment => indent + comment), $"{indent}{TextOf(name)}: {host}:{port}"];
        _lines.RemoveRange(first, last - first + 1);
        _lines.InsertRange(first, kept);
    }

    private static string CommentOf(string line) =>
        line.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? line[at..].TrimEnd() : "";

    private static int Index(YamlNode node) => (int)node.Start.Line - 1;

    /// <summary>The last line of a value, which begins beside or below its name.</summary>
    private static int LastLine(YamlNode name, YamlNode value) => Math.Max(Index(name), value switch
    {
        YamlMappingNode { Style: not YamlDotNet.Core.Events.MappingStyle.Flow, Children.Count: > 0 } mapping =>
            mapping.Children.Max(entry => LastLine(entry.Key, entry.Value)),
        YamlSequenceNode { Style: not YamlDotNet.Core.Events.SequenceStyle.Flow, Children.Count: > 0 } list =>
            list.Children.Max(item => LastLine(item, item)),
        _ => (int)value.End.Line - 1,
    });

    private static string TextOf(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";
}
