using Chia.Grains.Validation;
using Chia.Protocol.Networks;
using Chia.Testing;

namespace Chia.Grains.Tests.Validation;

/// <summary>The check that is made before anybody needs one.</summary>
public sealed class RehearsalTests
{
    private readonly ScriptedVerifier _proofs = new();

    [Fact]
    public async Task All_that_a_block_is_asked_is_asked_once_however_many_peers_come()
    {
        using var threads = new ValidationThreads(2);
        var rehearsal = new Rehearsal(Testnet.Definition, _proofs, threads);
        Assert.Empty(_proofs.Calls);
        await Task.WhenAll(rehearsal.Begin(), rehearsal.Begin());
        await rehearsal.Begin();
        Assert.Equal(1, _proofs.Count(ProofQuestion.Space));
        Assert.Equal(2, _proofs.Count(ProofQuestion.Signature));
        Assert.Equal(1, _proofs.Count(ProofQuestion.Time));
    }

    /// <summary>Whoever asked for it has other things to do, and nobody needs its verdict.</summary>
    [Fact]
    public async Task What_goes_wrong_in_it_is_nobodys_concern()
    {
        _proofs.Time = (_, _) => throw new InvalidOperationException("a fault of ours");
        using (var threads = new ValidationThreads(1))
            await new Rehearsal(Testnet.Definition, _proofs, threads).Begin();
        Assert.Equal(1, _proofs.Count(ProofQuestion.Time));

        _proofs.Time = (_, _) => "it does not hold";
        var ended = new ValidationThreads(1);
        await new Rehearsal(Testnet.Definition, _proofs, ended).Begin();
        Assert.Equal(2, _proofs.Count(ProofQuestion.Time));
        ended.Dispose();
        await new Rehearsal(Testnet.Definition, _proofs, ended).Begin();
        Assert.Equal(2, _proofs.Count(ProofQuestion.Time));
    }
}
