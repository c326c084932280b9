using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Support;

/// <summary>
/// Cryptography that says yes, for chains that no plot and no timelord made (CONSENSUS.md 19.3): the quality of a proof is
/// H("quality" ‖ first four bytes of the proof), the genesis block's is its real one. Each answer can be turned into a no.
/// </summary>
internal sealed class StubVerifier : IProofVerifier
{
    /// <summary>Quality of the testnet's genesis block (CONSENSUS.md 16).</summary>
    public static readonly Bytes32 GenesisQuality = Bytes32.FromHex("ffe815f81351ad33ea548d0e19bd604ec8f885b77c193a2150f36fdb5841535c");

    public HashSet<Bytes48> BadKeys { get; } = [];

    public HashSet<Bytes96> BadSignatureEncodings { get; } = [];

    public HashSet<Bytes96> WrongSignatures { get; } = [];

    public bool RejectSpace { get; set; }

    public string? TimeFault { get; set; }

    /// <summary>What was asked, in order.</summary>
    public List<string> Calls { get; } = [];

    public bool IsPublicKey(Bytes48 publicKey) => Called("decode key") && !BadKeys.Contains(publicKey);

    public bool IsPrependSignature(Bytes96 signature) => Called("decode signature") && !BadSignatureEncodings.Contains(signature);

    public bool IsPlainSignature(Bytes96 signature) => Called("decode plain signature") && !BadSignatureEncodings.Contains(signature);

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) =>
        Called("signature") && !BadKeys.Contains(publicKey) && !BadSignatureEncodings.Contains(signature)
            && !WrongSignatures.Contains(signature);

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        Called("space");
        quality = proof.Size == 19
            ? GenesisQuality
            : QualityOf(BinaryPrimitives.ReadUInt32BigEndian(proof.Proof.Span));
        return !RejectSpace;
    }

    public string? FindFault(ProofOfTime proof, int discriminantBits)
    {
        Called("time");
        return TimeFault;
    }

    public static Bytes32 QualityOf(uint number)
    {
        var text = new byte[11];
        Encoding.ASCII.GetBytes("quality", text);
        BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(7), number);
        return new Bytes32(SHA256.HashData(text));
    }

    private bool Called(string what)
    {
        lock (Calls)
            Calls.Add(what);
        return true;
    }
}
