using System.Buffers.Binary;
using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Consensus.Tests.Support;

/// <summary>
/// Proofs of space for chains that no plot made (CONSENSUS.md 19.3): the quality of a proof is H("quality" ‖ first four bytes of the
/// proof), the genesis block's is its real one.
/// </summary>
internal static class MadeUpProofs
{
    /// <summary>Quality of the testnet's genesis block (CONSENSUS.md 16).</summary>
    public static readonly Bytes32 GenesisQuality = Bytes32.FromHex("ffe815f81351ad33ea548d0e19bd604ec8f885b77c193a2150f36fdb5841535c");

    private const int GenesisPlotSize = 19;

    /// <summary>A verifier that takes them, and everything else, as valid.</summary>
    public static ScriptedVerifier Verifier() => new() { Space = proof => QualityOf(proof) };

    public static Bytes32 QualityOf(ProofOfSpace proof) => proof.Size == GenesisPlotSize
        ? GenesisQuality
        : QualityOf(BinaryPrimitives.ReadUInt32BigEndian(proof.Proof.Span));

    public static Bytes32 QualityOf(uint number)
    {
        var text = new byte[11];
        "quality"u8.CopyTo(text);
        BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(7), number);
        return new Bytes32(SHA256.HashData(text));
    }
}
