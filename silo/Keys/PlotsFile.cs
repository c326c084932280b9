using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;
using Chia.Silo.Node;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Keys;

/// <summary>
/// <c>plots.yaml</c> (ROLES.md 2.3): file name → pool public key and the plot's private key. Names are relative to the plot folder; a plot
/// that lies elsewhere is listed by its full path.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="plotRoot">The folder of the plots.</param>
internal sealed class PlotsFile(string path, string plotRoot) : IPlotSource
{
    private const string Plots = "plots";
    private const string PoolKey = "pool_pk";
    private const string PlotKey = "sk";

    private readonly Lock _lock = new();
    private Known _known = new(null, [], new Dictionary<string, PrivateKey>());

    /// <summary>The list of the node in a root folder, whose configuration says where its plots lie.</summary>
    /// <exception cref="UserException">The configuration is faulty.</exception>
    public static PlotsFile Of(string root)
    {
        var configured = NodeConfiguration.Load(root)["harvester.plot_root"];
        return Of(root, configured);
    }

    /// <summary>The list of the node in a root folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="plotRoot">Where the plots lie, relative to it or not; empty for the default.</param>
    public static PlotsFile Of(string root, string plotRoot) =>
        new(NodePaths.PlotsFile(root), plotRoot.Length == 0
            ? NodePaths.PlotFolder(root)
            : System.IO.Path.GetFullPath(plotRoot, System.IO.Path.GetFullPath(root)));

    /// <summary>The list's file.</summary>
    public string Path => path;

    /// <summary>The folder of the plots.</summary>
    public string PlotRoot => plotRoot;

    /// <summary>The entries; none if there is no file.</summary>
    /// <exception cref="UserException">Open to others, or a fault in it.</exception>
    public IReadOnlyList<PlotEntry> Load()
    {
        var text = SecretFile.Read(path);
        lock (_lock)
        {
            // A harvester asks every few seconds; parsing ten thousand entries takes a tenth of a second, their public keys take two.
            if (text is not null && text == _known.Text)
                return _known.Entries;
            var yaml = SecretYaml.Parse(path, text);
            yaml.Allow(yaml.Root, Plots);
            IReadOnlyList<PlotEntry> entries = [];
            if (yaml.Has(Plots))
            {
                var keys = MultiplyNew(Mapping(yaml), _known.Keys);
                entries = [.. Mapping(yaml).Children.Select(entry => Read(yaml, entry.Key, entry.Value, keys))];
            }

            _known = new Known(text, entries, entries.DistinctBy(Secret).ToDictionary(Secret, entry => entry.PlotKey));
            return entries;
        }
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

    /// <summary>What the list says of a plot.</summary>
    internal static YamlMappingNode EntryOf(Bytes48 poolPublicKey, PrivateKey plotKey) => new()
    {
        { PoolKey, SecretYaml.Hex(poolPublicKey.Span) },
        { PlotKey, SecretYaml.Hex(plotKey.ToBytes()) },
    };

    /// <summary>Writes a list of many plots at once; there must be none yet.</summary>
    /// <exception cref="UserException">It cannot be written.</exception>
    internal void Write(YamlMappingNode entries) => SecretYaml.Change(path, yaml =>
    {
        yaml.Root.Add(Plots, entries);
        return true;
    });

    /// <summary>Adds a plot, unless it is listed already, under this name or another.</summary>
    /// <returns>False if it is.</returns>
    /// <exception cref="UserException">The list cannot be read or written.</exception>
    public bool Add(string file, Bytes48 poolPublicKey, PrivateKey plotKey)
    {
        var isNew = false;
        SecretYaml.Change(path, yaml =>
        {
            yaml.Allow(yaml.Root, Plots);
            if (!yaml.Has(Plots))
                yaml.Root.Add(Plots, new YamlMappingNode());
            var plots = Mapping(yaml);
            var id = PlotEntry.IdOf(poolPublicKey, plotKey.PublicKey);
            isNew = plots.Children.All(entry => Read(yaml, entry.Key, entry.Value).PlotId() != id);
            if (isNew)
                plots.Add(NameOf(file), EntryOf(poolPublicKey, plotKey));
            return isNew;
        });
        return isNew;
    }

    /// <summary>Takes plots off the list; their files stay.</summary>
    /// <param name="isMeant">Which.</param>
    /// <returns>Those that were listed and are no longer.</returns>
    /// <exception cref="UserException">The list cannot be read or written.</exception>
    public IReadOnlyList<PlotEntry> Remove(Func<PlotEntry, bool> isMeant)
    {
        List<PlotEntry> removed = [];
        SecretYaml.Change(path, yaml =>
        {
            yaml.Allow(yaml.Root, Plots);
            if (!yaml.Has(Plots))
                return false;
            var plots = Mapping(yaml);
            foreach (var (name, keys) in plots.Children.ToList())
            {
                if (Read(yaml, name, keys) is not { } entry || !isMeant(entry))
                    continue;
                plots.Children.Remove(name);
                removed.Add(entry);
            }

            return removed.Count > 0;
        });
        return removed;
    }

    /// <summary>The plot of a pair of keys, wherever it lies; null if it is not listed.</summary>
    /// <exception cref="UserException">As <see cref="Load"/>.</exception>
    public PlotEntry? Find(Bytes32 plotId) => Load().FirstOrDefault(entry => entry.PlotId() == plotId);

    /// <summary>Relative to the plot folder if it lies there, else the full path.</summary>
    private string NameOf(string file) =>
        System.IO.Path.GetFullPath(
            System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!) == System.IO.Path.GetFullPath(plotRoot)
            ? System.IO.Path.GetFileName(file)
            : System.IO.Path.GetFullPath(file);

    private static YamlMappingNode Mapping(SecretYaml yaml)
    {
        var plots = yaml.Get(Plots);
        return plots switch
        {
            YamlMappingNode mapping => mapping,
            _ => throw yaml.Fault(plots, "plots must be file names with their keys"),
        };
    }

    private static string Secret(PlotEntry entry) => Convert.ToHexStringLower(entry.PlotKey.ToBytes());

    private PlotEntry Read(SecretYaml yaml, YamlNode name, YamlNode keys) => Read(yaml, name, keys, _known.Keys);

    /// <summary>Keys that are known need not be multiplied out again.</summary>
    private PlotEntry Read(SecretYaml yaml, YamlNode name, YamlNode keys, IReadOnlyDictionary<string, PrivateKey> known)
    {
        if (name is not YamlScalarNode { Value: { Length: > 0 } file })
            throw yaml.Fault(name, "expected the name of a plot file");
        if (keys is YamlMappingNode all)
            yaml.Allow(all, PoolKey, PlotKey);
        if (keys is not YamlMappingNode mapping
            || !mapping.Children.TryGetValue(PoolKey, out var pool)
            || !mapping.Children.TryGetValue(PlotKey, out var key))
        {
            throw yaml.Fault(name, $"plot {file} must have {PoolKey} and {PlotKey}");
        }

        try
        {
            return new PlotEntry(
                System.IO.Path.GetFileName(file),
                System.IO.Path.Combine(plotRoot, file),
                new Bytes48(yaml.Bytes(pool, PoolKey, Bytes48.Size)),
                KeyOf(yaml.Bytes(key, PlotKey, PrivateKey.Size), known));
        }
        catch (ArgumentException)
        {
            throw yaml.Fault(key, $"{PlotKey} of plot {file} is no private key");
        }
    }

    /// <summary>The known keys, and with them the new ones, on all cores: a good part of a millisecond each. What is no key is left for
    /// the reading of its entry to complain of.</summary>
    private static Dictionary<string, PrivateKey> MultiplyNew(
        YamlMappingNode plots, IReadOnlyDictionary<string, PrivateKey> known)
    {
        var all = known.ToDictionary();
        var made = plots.Children.Values.OfType<YamlMappingNode>()
            .Select(keys => keys.Children.TryGetValue(PlotKey, out var key) ? (key as YamlScalarNode)?.Value?.ToLowerInvariant() : null)
            .OfType<string>().Distinct().Where(text => !known.ContainsKey(text)).ToList()
            .AsParallel().Select(text => (Text: text, Key: TryKey(text)));
        foreach (var (text, key) in made)
        {
            if (key is not null)
                all[text] = key;
        }

        return all;
    }

    private static PrivateKey? TryKey(string text)
    {
        try
        {
            return PrivateKey.FromBytes(Convert.FromHexString(text));
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static PrivateKey KeyOf(byte[] bytes, IReadOnlyDictionary<string, PrivateKey> known) =>
        known.TryGetValue(Convert.ToHexStringLower(bytes), out var key) ? key : PrivateKey.FromBytes(bytes);

    /// <summary>What was read last: a list that has not changed is not read again, nor are the keys of one that has.</summary>
    /// <param name="Text">The file; null before the first time, and while there is none.</param>
    /// <param name="Entries">What it lists.</param>
    /// <param name="Keys">Private keys by their text.</param>
    private sealed record Known(string? Text, IReadOnlyList<PlotEntry> Entries, IReadOnlyDictionary<string, PrivateKey> Keys)
    {
        /// <summary>Tells no secret.</summary>
        public override string ToString() => $"{Entries.Count} plots";
    }
}
