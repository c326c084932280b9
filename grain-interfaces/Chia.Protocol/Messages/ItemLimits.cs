namespace Chia.Protocol.Messages;

/// <summary>
/// The longest lists. They bound what a message can cost, and never refuse what a peer of the reference may send: where that depends on a
/// peer's configuration, the bound is ten times its default or more.
/// </summary>
public static class ItemLimits
{
    /// <summary>
    /// Heights in one request for headers or blocks, and items in the answer. An answering reference takes 25 and 5, from its
    /// configuration; an asking one may be configured to ask for more.
    /// </summary>
    public const int Heights = 256;

    /// <summary>
    /// Hashes in <c>all_header_hashes</c>: the whole chain, 34 bytes each, in the largest frame. 1,973,788 blocks are 18 years of one
    /// every 5 minutes.
    /// </summary>
    public const int HeaderHashes = (MessageRegistry.MaxPayload - 64) / Bytes32Codec.Size;

    /// <summary>Addresses in <c>peers</c>. An introducer sends 20, from its configuration; the receiver may use fewer than it
    /// gets.</summary>
    public const int Peers = 1000;

    /// <summary>Pool keys in <c>harvester_handshake</c>: those of the farmer's pools.</summary>
    public const int PoolKeys = 1000;

    /// <summary>Signed coinbases in the pool's <c>respond_data</c>, which nothing sends.</summary>
    public const int SignedCoinbases = 256;

    /// <summary>Bytes of a header's filter in the wallet protocol, which nothing sends: more than a block has.</summary>
    public const int FilterBytes = 65_536;
}
