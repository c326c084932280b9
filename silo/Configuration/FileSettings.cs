using Chia.Silo.Views;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Configuration;

/// <summary>
/// What config.yaml says: strict, so that a mistake is named with its line. A file that is changed is read again when it is asked to be;
/// while it has a mistake, what it said before holds.
/// </summary>
internal sealed class FileSettings(string path) : ConfigurationProvider
{
    /// <exception cref="UserException">A fault in the file; names file and line.</exception>
    public override void Load() => Data = Path.Exists(path) ? Parse(YamlText.ReadFile(path), path) : [];

    /// <summary>Reads it again. True if it says anything else than before.</summary>
    /// <exception cref="UserException">A fault in the file: nothing changes.</exception>
    public bool Reload()
    {
        var before = Data;
        Load();
        if (before.Count == Data.Count && before.All(entry => Data.TryGetValue(entry.Key, out var value) && value == entry.Value))
            return false;
        OnReload();
        return true;
    }

    /// <summary>Values by entry, as a text says them.</summary>
    /// <exception cref="UserException">A fault in it; names line and file.</exception>
    public static Dictionary<string, string?> Parse(string text, string path)
    {
        var values = NewData();
        switch (YamlText.Parse(text, path))
        {
            case null:
                return values;
            case YamlMappingNode root:
                foreach (var (name, value) in root.Children)
                    ReadEntry(values, path, "", name, value);
                return values;
            default:
                throw new UserException($"{path}: expected names and values");
        }
    }

    /// <summary>One entry of a mapping, or a section of entries.</summary>
    /// <exception cref="UserException">A fault in it; names line and file.</exception>
    public static void ReadEntry(IDictionary<string, string?> values, string path, string section, YamlNode name, YamlNode value)
    {
        var text = name is YamlScalarNode { Value: { } scalar }
            ? scalar
            : throw new UserException($"{path}, line {name.Start.Line}: expected a name");
        if (value is YamlMappingNode mapping && section.Length == 0)
        {
            if (ConfigSchema.All.All(key => key.Section != text))
                throw new UserException($"{path}, line {name.Start.Line}: unknown section '{text}'{Hint(text, ConfigSchema.Sections)}");
            foreach (var (inner, innerValue) in mapping.Children)
                ReadEntry(values, path, text, inner, innerValue);
            return;
        }

        var full = section.Length == 0 ? text : $"{section}.{text}";
        var key = ConfigSchema.Find(full)
            ?? throw new UserException($"{path}, line {name.Start.Line}: unknown key '{full}'{Hint(full, ConfigSchema.NamesIn(section))}");
        var content = value switch
        {
            YamlScalarNode s => s.Value ?? "",
            YamlSequenceNode list when list.All(item => item is YamlScalarNode) =>
                string.Join(",", list.Select(item => ((YamlScalarNode)item).Value)),
            _ => throw new UserException($"{path}, line {value.Start.Line}: {full} takes a single value{Hint(full, [])}"),
        };
        values[key.Entry] = key.Check(content, $"{path}, line {value.Start.Line}");
    }

    /// <summary>Settings without any.</summary>
    public static Dictionary<string, string?> NewData() => new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What mends a key that older files have, or a slip.</summary>
    private static string Hint(string path, IEnumerable<string> known) => ConfigChanges.Find(path) is { } change
        ? $" ({change.Describe()}): chia config upgrade rewrites the file"
        : Suggestion.Question(path, known);
}
