using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Networks;

/// <summary>One network: its id, its rules, its first block, its ports.</summary>
public sealed record NetworkDefinition
{
    /// <summary>The version every node of this network announces; compared for exact equality (PROTOCOL.md 4.3).</summary>
    public const string ProtocolVersion = "0.0.4";

    /// <summary>network_id of the handshake.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The consensus constants.</summary>
    public required ConsensusConstants Constants { get; init; }

    /// <summary>The first block's bytes, normal form.</summary>
    public required ReadOnlyMemory<byte> GenesisBytes { get; init; }

    /// <summary>Default TCP ports of the roles.</summary>
    public DefaultPorts Ports { get; init; } = new();

    /// <summary>Accept peers that announce another network id, as the reference does (DECISIONS 7).</summary>
    public bool AcceptAnyNetworkId { get; init; }

    /// <summary>The first block, decoded at each call.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a block.</exception>
    public FullBlock Genesis() => StreamableExtensions.Decode<FullBlock>(GenesisBytes.Span);
}

/// <summary>Default TCP ports (ROLES.md 1).</summary>
public sealed record DefaultPorts
{
    /// <summary>Full node.</summary>
    public ushort FullNode { get; init; } = 8444;

    /// <summary>Introducer.</summary>
    public ushort Introducer { get; init; } = 8445;

    /// <summary>Timelord.</summary>
    public ushort Timelord { get; init; } = 8446;

    /// <summary>Farmer.</summary>
    public ushort Farmer { get; init; } = 8447;

    /// <summary>Harvester.</summary>
    public ushort Harvester { get; init; } = 8448;
}
