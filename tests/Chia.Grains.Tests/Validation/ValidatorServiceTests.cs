using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Chia.Grains.Tests.Validation;

/// <summary>Checks that nobody waits for any more are called off, through the grain call.</summary>
public class ValidatorServiceTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");

    [Fact]
    public async Task A_batch_that_is_called_off_is_not_begun()
    {
        using var verifier = new BusyVerifier();
        var batches = new CancelledBatches();
        await using var host = await RoleHost.Start(TimeProvider.System, services =>
        {
            services.AddSingleton(TestNetworks.Of("small40"));
            services.AddSingleton<IProofVerifier>(verifier);
            services.AddSingleton(_ => new ValidationThreads(1));
            services.AddSingleton<IIncomingGrainCallFilter>(batches);
        });
        var validator = host.Services.GetRequiredService<IValidators>();
        using var wanted = new CancellationTokenSource();
        var proof = Main.Blocks[1].HeaderBlock.ProofOfTime!.ToBytes();
        var busy = validator.CheckProofOfTime(proof);
        await verifier.IsBusy.Task.WaitAsync(TestContext.Current.CancellationToken);
        var batch =
            validator.CheckBlocks(
            CheckKind.Full, [.. Main.Blocks.Skip(1).Take(20).Select(b => new BlockData(b))], isUrgent: false, wanted.Token);
        await wanted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch);

        await batches.Heard.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        verifier.GoOn.Set();
        Assert.Null(await busy);
        Assert.Null(await validator.CheckProofOfTime(proof));

        // Bulk work stands in one queue: when the last in it is done, so is all before.
        Assert.Single(await validator.CheckBlocks(CheckKind.Full, [new BlockData(Main.Blocks[30])], isUrgent: false));
        Assert.Equal(1, verifier.Blocks);
    }

    /// <summary>Tells when a batch hears that it is called off.</summary>
    private sealed class CancelledBatches : IIncomingGrainCallFilter
    {
        public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.Request.GetMethodName() == nameof(IValidatorService.CallOff))
                Heard.TrySetResult();
        }
    }

    /// <summary>A proof of time keeps its thread until the test says so; blocks are counted by their proofs of space, and fail
    /// there.</summary>
    private sealed class BusyVerifier : IProofVerifier, IDisposable
    {
        public TaskCompletionSource IsBusy { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim GoOn { get; } = new();

        public int Blocks { get; private set; }

        public string? FindFault(ProofOfTime proof, int discriminantBits)
        {
            IsBusy.TrySetResult();
            GoOn.Wait();
            return null;
        }

        public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => false;

        public bool IsPublicKey(Bytes48 publicKey) => true;

        public bool IsPrependSignature(Bytes96 signature) => true;

        public bool IsPlainSignature(Bytes96 signature) => true;

        public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
        {
            Blocks++;
            quality = default;
            return false;
        }

        public void Dispose() => GoOn.Dispose();
    }
}
