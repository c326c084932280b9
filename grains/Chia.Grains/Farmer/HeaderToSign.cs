using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>A header that a full node made for one of our proofs.</summary>
/// <param name="Hash">H(ser(header data)): what the harvester signs.</param>
internal sealed record HeaderToSign(Bytes32 Hash)
{
    /// <summary>The signature went to the full node.</summary>
    public bool IsSigned { get; set; }
}
