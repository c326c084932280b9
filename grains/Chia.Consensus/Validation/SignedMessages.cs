using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>What is signed in a block: H(M) of the messages M (CONSENSUS.md 4).</summary>
public static class SignedMessages
{
    /// <summary>H(M) of the harvester signature: M is the 32-byte header-data hash, which is thus hashed a second time.</summary>
    public static Bytes32 OfHeader(HeaderData data) => Hash(data.Sha256().Span);

    /// <summary>H(M) of the coinbase signature: M is ser(coinbase).</summary>
    public static Bytes32 OfCoinbase(CoinbaseInfo coinbase) => coinbase.Sha256();

    private static Bytes32 Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        SHA256.HashData(message, digest);
        return new Bytes32(digest);
    }
}
