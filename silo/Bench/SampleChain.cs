using System.Reflection;
using Chia.Protocol.Networks;

namespace Chia.Silo.Bench;

/// <summary>The chain that ships with the program: the first 60 blocks of a testnet chain, with proofs of full length.</summary>
internal static class SampleChain
{
    public static NetworkDefinition Network => Testnet.Definition;

    /// <summary>The chain's records, genesis first.</summary>
    public static Stream OpenBlocks() => Assembly.GetExecutingAssembly().GetManifestResourceStream("sample-chain.bin")!;
}
