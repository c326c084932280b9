using System.Reflection;
using Chia.Protocol.Networks;
using Chia.Silo.Networks;

namespace Chia.Silo.Simulation;

/// <summary>The chain that ships with the program: 60 blocks with real proofs.</summary>
internal static class SampleChain
{
    public static NetworkDefinition Network { get; } = NetworkFile.Parse(ReadText("sample-network.yaml"), "sample-network.yaml");

    /// <summary>The chain's records, genesis first.</summary>
    public static Stream OpenBlocks() => Open("sample-chain.bin");

    private static string ReadText(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
}
