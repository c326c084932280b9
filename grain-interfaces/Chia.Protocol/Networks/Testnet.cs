using System.Reflection;

namespace Chia.Protocol.Networks;

/// <summary>The alpha testnet of December 2019, built in.</summary>
public static class Testnet
{
    /// <summary>Its network id.</summary>
    public const string Id = "testnet";

    /// <summary>Its definition.</summary>
    public static NetworkDefinition Definition { get; } = new()
    {
        NetworkId = Id,
        Constants = new ConsensusConstants(),
        GenesisBytes = ReadGenesis(),
    };

    private static byte[] ReadGenesis()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("testnet-genesis.hex")!;
        using var reader = new StreamReader(stream);
        return Convert.FromHexString(reader.ReadToEnd().Trim());
    }
}
