using System.Globalization;
using Chia.Silo.Api.Requests;
using Chia.Silo.Configuration;
using Chia.Silo.Views;
using Chia.Storage.Files;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Clusters.Definition;

/// <summary>A mapping of a cluster file: every name must be asked for, every value of its kind; what is not is a fault that names its
/// line.</summary>
internal sealed class ClusterYaml
{
    private readonly string _path;
    private readonly string _where;
    private readonly YamlMappingNode _mapping;
    private readonly Dictionary<string, (YamlNode Name, YamlNode Value)> _left = [];
    private readonly HashSet<string> _known = [];

    public ClusterYaml(string path, string where, YamlNode node)
    {
        _path = path;
        _where = where;
        _mapping = node as YamlMappingNode
            ?? throw Fault(node, $"{(where.Length == 0 ? "a cluster file" : where)} takes names and values");
        foreach (var (name, value) in _mapping.Children)
        {
            var text = (name as YamlScalarNode)?.Value ?? throw Fault(name, "expected a name");
            _left.Add(text, (name, value));
        }
    }

    /// <summary>Names not asked for yet, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. _left.Keys];

    public UserException Fault(YamlNode at, string what) => new($"{_path}, line {at.Start.Line}: {what}");

    /// <summary>The value of a name; null if it is not there.</summary>
    public YamlNode? Find(string name)
    {
        _known.Add(name);
        return _left.Remove(name, out var entry) ? entry.Value : null;
    }

    public ClusterYaml? Section(string name) => Find(name) is { } node ? new ClusterYaml(_path, Full(name), node) : null;

    /// <summary>Each name left, with its mapping.</summary>
    public IEnumerable<(string Name, ClusterYaml Section)> Sections()
    {
        foreach (var (name, (_, value)) in _left.ToList())
        {
            _left.Remove(name);
            yield return (name, new ClusterYaml(_path, Full(name), value));
        }
    }

    /// <summary>Takes a section in as config.yaml's section of the same name.</summary>
    public void Fill(NodeConfiguration configuration, string section)
    {
        if (_left.Remove(section, out var entry) && entry.Value is not YamlScalarNode { Value: null or "" })
            configuration.ReadSection(_path, entry.Name, entry.Value);
    }

    /// <summary>A fault of the whole mapping: it names where it begins.</summary>
    public UserException Fault(string what) => Fault(_mapping, what);

    public string? Text(string name, Func<string, string?>? expect = null)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is not YamlScalarNode { Value: { Length: > 0 } text })
            throw Fault(node, $"{Full(name)} takes a single value");
        return expect?.Invoke(text) is { } expected ? throw Fault(node, $"{Full(name)} must be {expected}, not '{text}'") : text;
    }

    /// <exception cref="UserException">It is not there.</exception>
    public string Required(string name, Func<string, string?>? expect = null) =>
        Text(name, expect) ?? throw (NearestTo(name) is { } near
            ? Unknown(near)
            : Fault($"{Full(name)} is missing"));

    public int Number(string name, int otherwise, int minimum, int maximum) =>
        Text(name, ConfigKinds.Number(minimum, maximum)) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public bool Flag(string name) => Text(name, ConfigKinds.OneOf("true", "false")) == "true";

    /// <summary>A value, or the content of a file that is named instead: secrets do not stand in files that are handed around.</summary>
    public string? TextOrFile(string name, Func<string, string> fileOf)
    {
        var file = Find($"{name}_file");
        if (Text(name) is { } text)
            return file is null ? text : throw Fault(file, $"{Full(name)} and {Full(name)}_file: name one of them");
        if (file is null)
            return null;
        if (file is not YamlScalarNode { Value: { Length: > 0 } path })
            throw Fault(file, $"{Full(name)}_file takes the name of a file");
        try
        {
            return (SharedFile.Read(fileOf(path)) ?? throw new FileNotFoundException("there is no such file")).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fault(file, $"cannot read the file of {Full(name)}, {fileOf(path)}: {FileFault.OfFile(fileOf(path), error)}");
        }
    }

    /// <param name="others">Names that might have been asked for and were not.</param>
    /// <exception cref="UserException">A name is left that nobody asked for.</exception>
    public void Finish(params IReadOnlyList<string> others)
    {
        _known.UnionWith(others);
        foreach (var name in _left.Keys)
            throw Unknown(name);
    }

    /// <summary>A name left that may be meant to be this one.</summary>
    private string? NearestTo(string name) => _left.Keys.FirstOrDefault(left => Suggestion.For(left, [name]) is not null);

    private UserException Unknown(string name) =>
        Fault(_left[name].Name, $"unknown key '{Full(name)}'{Suggestion.Question(name, _known)}");

    private string Full(string name) => _where.Length == 0 ? name : $"{_where}.{name}";
}
