using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Functional.Tests.Support;

/// <summary>A chain of the vectors: what it is made of, and where it lies.</summary>
internal sealed class VectorChain
{
    private static readonly Lazy<VectorChain> LazySmall = new(() => new VectorChain("small40"));
    private static readonly Lazy<VectorChain> LazyFast = new(() => new VectorChain("fast1024"));
    private static readonly Lazy<VectorChain> LazyReal = new(() => new VectorChain("real300"));

    private VectorChain(string name)
    {
        Name = name;
        Network = TestNetworks.Of(name);
        Main = Decode("blocks.bin");
        Branch = File.Exists(ForkFile) ? Decode("fork.bin") : [];
        Fork = Branch.Count == 0 ? [] : [.. Main.Take((int)Branch[0].Height), .. Branch];
    }

    /// <summary>40 blocks with 16-bit discriminants, fork after 30: quick.</summary>
    public static VectorChain Small => LazySmall.Value;

    /// <summary>60 blocks with 1024-bit discriminants.</summary>
    public static VectorChain Fast => LazyFast.Value;

    /// <summary>300 blocks of the testnet's own parameters with real proofs, fork after 280: some seconds of work.</summary>
    public static VectorChain Real => LazyReal.Value;

    public string Name { get; }

    public NetworkDefinition Network { get; }

    /// <summary>The network file: the reference's own table of constants.</summary>
    public string NetworkFile => Vectors.PathOf("chains", Name, "constants.json");

    public string BlocksFile => Vectors.PathOf("chains", Name, "blocks.bin");

    public string ForkFile => Vectors.PathOf("chains", Name, "fork.bin");

    /// <summary>Genesis first.</summary>
    public IReadOnlyList<FullBlock> Main { get; }

    /// <summary>The blocks that are only on the fork.</summary>
    public IReadOnlyList<FullBlock> Branch { get; }

    /// <summary>Genesis first, over the fork to its tip.</summary>
    public IReadOnlyList<FullBlock> Fork { get; }

    public static VectorChain Of(string name) => name switch
    {
        "small40" => Small,
        "fast1024" => Fast,
        "real300" => Real,
        _ => new VectorChain(name),
    };

    private List<FullBlock> Decode(string file) =>
        Vectors.Records("chains", Name, file).ConvertAll(r => StreamableExtensions.Decode<FullBlock>(r));
}
