using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
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
        // A proof of time keeps its thread until the test says so; a block fails at its proof of space.
        var isBusy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var verifier = new ScriptedVerifier { Time = Keep, Space = _ => null };
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
        await isBusy.Task.WaitAsync(TestContext.Current.CancellationToken);
        var batch =
            validator.CheckBlocks(
            CheckKind.Full, [.. Main.Blocks.Skip(1).Take(20).Select(b => new BlockData(b))], isUrgent: false, wanted.Token);
        await wanted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch);

        await batches.Heard.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        goOn.Set();
        Assert.Null(await busy);
        Assert.Null(await validator.CheckProofOfTime(proof));

        // Bulk work stands in one queue: when the last in it is done, so is all before.
        Assert.Single(await validator.CheckBlocks(CheckKind.Full, [new BlockData(Main.Blocks[30])], isUrgent: false));
        Assert.Equal(1, verifier.Count(ProofQuestion.Space));

        string? Keep(ProofOfTime proof, int discriminantBits)
        {
            isBusy.TrySetResult();
            goOn.Wait();
            return null;
        }
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
}
