using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Keys;

/// <summary>
/// <c>plots.yaml</c> (ROLES.md 2.3): file name → pool public key and the plot's private key. Names are relative to the plot folder; a plot that
/// lies elsewhere is listed by its full path.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="plotRoot">The folder of the plots.</param>
internal sealed class PlotsFile(string path, string plotRoot) : IPlotSource
{
    private const string Plots = "plots";
    private const string PoolKey = "pool_pk";
    private const string PlotKey = "sk";

    /// <summary>The folder of the plots.</summary>
    public string PlotRoot => plotRoot;

    /// <summary>The entries; none if there is no file.</summary>
    /// <exception cref="UserException">Open to others, or a fault in it.</exception>
    public IReadOnlyList<PlotEntry> Load()
    {
        var yaml = SecretYaml.Load(path);
        return yaml.Has(Plots) ? [.. Mapping(yaml).Children.Select(entry => Read(yaml, entry.Key, entry.Value))] : [];
    }

    /// <summary>A grain has nobody to tell but its log.</summary>
    IReadOnlyList<PlotEntry> IPlotSource.Read()
    {
        try
        {
            return Load();
        }
        catch (UserException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Adds a plot, unless it is listed already.</summary>
    /// <returns>False if it is.</returns>
    public bool Add(string file, Bytes48 poolPublicKey, PrivateKey plotKey)
    {
        var yaml = SecretYaml.Load(path);
        if (!yaml.Has(Plots))
            yaml.Root.Add(Plots, new YamlMappingNode());
        var plots = Mapping(yaml);
        var name = Path.GetFullPath(Path.GetDirectoryName(file)!) == Path.GetFullPath(plotRoot) ? Path.GetFileName(file) : Path.GetFullPath(file);
        if (plots.Children.ContainsKey(name))
            return false;
        plots.Add(name, new YamlMappingNode
        {
            { PoolKey, SecretYaml.Hex(poolPublicKey.Span) },
            { PlotKey, SecretYaml.Hex(plotKey.ToBytes()) },
        });
        yaml.Save();
        return true;
    }

    private static YamlMappingNode Mapping(SecretYaml yaml)
    {
        var plots = yaml.Get(Plots);
        return plots switch
        {
            YamlMappingNode mapping => mapping,
            _ => throw yaml.Fault(plots, "plots must be file names with their keys"),
        };
    }

    private PlotEntry Read(SecretYaml yaml, YamlNode name, YamlNode keys)
    {
        if (name is not YamlScalarNode { Value: { Length: > 0 } file })
            throw yaml.Fault(name, "expected the name of a plot file");
        if (keys is not YamlMappingNode mapping
            || !mapping.Children.TryGetValue(PoolKey, out var pool)
            || !mapping.Children.TryGetValue(PlotKey, out var key))
        {
            throw yaml.Fault(name, $"plot {file} must have {PoolKey} and {PlotKey}");
        }

        try
        {
            return new PlotEntry(
                Path.GetFileName(file),
                Path.Combine(plotRoot, file),
                new Bytes48(yaml.Bytes(pool, PoolKey, Bytes48.Size)),
                PrivateKey.FromBytes(yaml.Bytes(key, PlotKey, PrivateKey.Size)));
        }
        catch (ArgumentException)
        {
            throw yaml.Fault(key, $"{PlotKey} of plot {file} is no private key");
        }
    }
}
