using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Testing;

/// <summary>What lies in one folder of <c>tests/vectors/chains</c>: a network, its main chain, and a branch if it has one.</summary>
public sealed class ChainVectors
{
    private static readonly Dictionary<string, ChainVectors> Loaded = [];

    private ChainVectors(string name)
    {
        Name = name;
        Network = TestNetworks.Of(name);
        Main = VectorChain.Load(name).Blocks;
        Fork = File.Exists(ForkFile) ? VectorChain.Load(name, fork: true).Blocks : [];
        Branch = [.. Fork.Where(block => !Main.Contains(block))];
    }

    /// <summary>40 blocks with 16-bit discriminants, fork after 30: quick.</summary>
    public static ChainVectors Small => Of("small40");

    /// <summary>60 blocks with 1024-bit discriminants.</summary>
    public static ChainVectors Fast => Of("fast1024");

    /// <summary>300 blocks of the testnet's own parameters with real proofs, fork after 280: some seconds of work.</summary>
    public static ChainVectors Real => Of("real300");

    /// <summary>Name of the folder.</summary>
    public string Name { get; }

    public NetworkDefinition Network { get; }

    /// <summary>The network file: the reference's own table of constants.</summary>
    public string NetworkFile => PathOf("constants.json");

    public string BlocksFile => PathOf("blocks.bin");

    public string ForkFile => PathOf("fork.bin");

    /// <summary>Genesis first.</summary>
    public IReadOnlyList<FullBlock> Main { get; }

    /// <summary>The blocks that are only on the fork.</summary>
    public IReadOnlyList<FullBlock> Branch { get; }

    /// <summary>Genesis first, over the fork to its tip.</summary>
    public IReadOnlyList<FullBlock> Fork { get; }

    /// <summary>Those of a folder, decoded once.</summary>
    public static ChainVectors Of(string name)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(name, out var vectors))
                Loaded[name] = vectors = new ChainVectors(name);
            return vectors;
        }
    }

    private string PathOf(string file) => Vectors.PathOf("chains", Name, file);
}
