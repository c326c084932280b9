using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Validation;

/// <summary>
/// The validators of all silos that have the role: each part of a batch goes to the one with the fewest open, and elsewhere if its silo is
/// gone; a check is pure, so that it may be done twice.
/// </summary>
/// <param name="load">Chooses.</param>
/// <param name="validatorOn">Reaches the one of a silo.</param>
internal sealed class ValidatorsOfSilos(ValidatorLoad load, Func<SiloAddress, IValidatorService> validatorOn) : IValidators
{
    /// <summary>Headers whose signatures are verified together; a smaller part would lose more than another silo gains.</summary>
    private const int HeadersInPart = 32;

    public int Count => load.Validators().Count;

    public Task<BlockVerdict[]> CheckBlocks(CheckKind kind, BlockData[] blocks, bool isUrgent, CancellationToken cancellation) =>
        Ask(blocks.Length, (validator, batch) => validator.CheckBlocks(batch, kind, blocks, isUrgent), cancellation);

    public async Task<BlockVerdict[]> CheckHeaders(byte[][] headers, CancellationToken cancellation)
    {
        var size = Math.Max(HeadersInPart, (headers.Length + Count - 1) / Math.Max(1, Count));
        var verdicts = await Task.WhenAll(headers.Chunk(size)
            .Select(part => Ask(part.Length, (validator, batch) => validator.CheckHeaders(batch, part), cancellation)));
        return [.. verdicts.SelectMany(v => v)];
    }

    public Task<string?> CheckProofOfTime(byte[] proof) =>
        Ask(1, (validator, _) => validator.CheckProofOfTime(proof), CancellationToken.None);

    public Task<Bytes32?> CheckProofOfSpace(byte[] proof) =>
        Ask(1, (validator, _) => validator.CheckProofOfSpace(proof), CancellationToken.None);

    private async Task<T> Ask<T>(int checks, Func<IValidatorService, Guid, Task<T>> ask, CancellationToken cancellation)
    {
        HashSet<SiloAddress> gone = [];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            using var place = load.Take(checks, gone);
            var (validator, batch) = (validatorOn(place.Silo), Guid.NewGuid());
            try
            {
                return await ask(validator, batch).WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                validator.CallOff(batch).Ignore();
                throw;
            }
            catch (Exception error) when (CallFaults.Of(error) == CallFault.SiloGone)
            {
                // It has ended, ends, or has not begun to check: somebody else does it.
                gone.Add(place.Silo);
            }
        }
    }
}

/// <summary>The validators of the silos, by Orleans' calls.</summary>
internal sealed class ValidatorServices(IServiceProvider services)
    : Orleans.Runtime.Services.GrainServiceClient<IValidatorService>(services)
{
    public IValidatorService Of(SiloAddress silo) => GetGrainService(silo);
}
