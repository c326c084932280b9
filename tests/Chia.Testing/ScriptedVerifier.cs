using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Testing;

/// <summary>
/// Cryptography whose answers a test decides, and which remembers what it was asked. What no member below answers goes to
/// <paramref name="inner"/>, or is a yes where there is none.
/// </summary>
public sealed class ScriptedVerifier(IProofVerifier? inner = null) : IProofVerifier
{
    private readonly List<ProofQuestion> _calls = [];

    /// <summary>Keys that do not decode.</summary>
    public HashSet<Bytes48> RefusedKeys { get; } = [];

    /// <summary>Signatures that do not decode.</summary>
    public HashSet<Bytes96> RefusedEncodings { get; } = [];

    /// <summary>Signatures that decode and do not verify.</summary>
    public HashSet<Bytes96> RefusedSignatures { get; } = [];

    /// <summary>Whether any signature verifies.</summary>
    public bool AcceptsSignatures { get; set; } = true;

    /// <summary>The quality of a proof of space, or null to refuse it.</summary>
    public Func<ProofOfSpace, Bytes32?>? Space { get; set; }

    /// <summary>The fault of a proof of time, or null to accept it; the second argument is the discriminant's size in bits.</summary>
    public Func<ProofOfTime, int, string?>? Time { get; set; }

    /// <summary>What was asked, in order. The signatures of one product are asked for one by one.</summary>
    public IReadOnlyList<ProofQuestion> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    /// <summary>How many times several signatures were asked for at once.</summary>
    public int Products { get; private set; }

    /// <summary>Proofs of time that were asked for together, by question.</summary>
    public List<int> ProofsOfTimeTogether { get; } = [];

    /// <summary>How many times this was asked.</summary>
    public int Count(ProofQuestion question) => Calls.Count(call => call == question);

    /// <summary>Forgets what was asked.</summary>
    public void Forget()
    {
        lock (_calls)
            _calls.Clear();
    }

    public bool IsPublicKey(Bytes48 publicKey) =>
        Ask(ProofQuestion.Key) && !RefusedKeys.Contains(publicKey) && (inner?.IsPublicKey(publicKey) ?? true);

    public bool IsPrependSignature(Bytes96 signature) =>
        Ask(ProofQuestion.PrependEncoding) && !RefusedEncodings.Contains(signature) && (inner?.IsPrependSignature(signature) ?? true);

    public bool IsPlainSignature(Bytes96 signature) =>
        Ask(ProofQuestion.PlainEncoding) && !RefusedEncodings.Contains(signature) && (inner?.IsPlainSignature(signature) ?? true);

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) =>
        Passes(publicKey, signature) && (inner?.VerifySignature(publicKey, messageHash, signature) ?? true);

    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks)
    {
        Products++;
        foreach (ref readonly var check in checks)
        {
            if (!Passes(check.PublicKey, check.Signature))
                return false;
        }

        return inner?.VerifySignatures(checks) ?? true;
    }

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        Ask(ProofQuestion.Space);
        if (Space is null && inner is not null)
            return inner.TryGetQuality(proof, out quality);
        var answer = Space is null ? proof.ChallengeHash : Space(proof);
        quality = answer.GetValueOrDefault();
        return answer is not null;
    }

    public string? FindFault(ProofOfTime proof, int discriminantBits)
    {
        Ask(ProofQuestion.Time);
        return Time is null ? inner?.FindFault(proof, discriminantBits) : Time(proof, discriminantBits);
    }

    public IReadOnlyList<string?> FindFaults(IReadOnlyList<ProofOfTime> proofs, int discriminantBits)
    {
        lock (_calls)
            ProofsOfTimeTogether.Add(proofs.Count);
        return [.. proofs.Select(proof => FindFault(proof, discriminantBits))];
    }

    private bool Passes(Bytes48 publicKey, Bytes96 signature) =>
        Ask(ProofQuestion.Signature) && AcceptsSignatures && !RefusedKeys.Contains(publicKey)
        && !RefusedEncodings.Contains(signature) && !RefusedSignatures.Contains(signature);

    private bool Ask(ProofQuestion question)
    {
        lock (_calls)
            _calls.Add(question);
        return true;
    }
}

/// <summary>What the rules ask of the cryptography.</summary>
public enum ProofQuestion
{
    /// <summary>Whether a public key decodes.</summary>
    Key,

    /// <summary>Whether a prepend signature decodes.</summary>
    PrependEncoding,

    /// <summary>Whether a plain signature decodes.</summary>
    PlainEncoding,

    /// <summary>Whether a signature verifies.</summary>
    Signature,

    /// <summary>The quality of a proof of space.</summary>
    Space,

    /// <summary>The fault of a proof of time.</summary>
    Time,
}
