using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Placement;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Testing;
using Orleans.Runtime;

namespace Chia.Grains.Tests.Validation;

/// <summary>Checks go to the validators of all silos, and elsewhere when a silo is gone (CLUSTER 2).</summary>
public sealed class ValidatorsOfSilosTests
{
    private static readonly SiloAddress First = TestSilos.Silo(1);
    private static readonly SiloAddress Second = TestSilos.Silo(2);

    private readonly List<(SiloAddress Silo, int Headers)> _asked = [];
    private readonly List<Guid> _calledOff = [];
    private readonly TaskCompletionSource _checked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ValidatorsOfSilos _validators;
    private Func<SiloAddress, Task<string?>> _proofOfTime = _ => Task.FromResult<string?>(null);

    public ValidatorsOfSilosTests()
    {
        var silos = new TestSilos(new()
        {
            [First] = SiloRoles.Describe([SiloRole.Validator], []),
            [Second] = SiloRoles.Describe([SiloRole.Validator], []),
        });
        _validators = new ValidatorsOfSilos(silos.Load(), ValidatorOn);
    }

    [Fact]
    public async Task Headers_are_shared_out_and_their_verdicts_come_in_order()
    {
        var check = _validators.CheckHeaders([.. Enumerable.Range(0, 100).Select(i => new[] { (byte)i })], CancellationToken.None);
        _checked.SetResult();
        var verdicts = await check;
        Assert.Equal(Enumerable.Range(0, 100), verdicts.Select(verdict => (int)verdict.HeaderHash.Span[0]));
        Assert.Equal([(First, 50), (Second, 50)], _asked.OrderBy(asked => asked.Silo.Endpoint.Port));
    }

    [Fact]
    public async Task A_few_headers_stay_together()
    {
        var check = _validators.CheckHeaders([.. Enumerable.Range(0, 40).Select(i => new[] { (byte)i })], CancellationToken.None);
        _checked.SetResult();
        await check;
        Assert.Equal([8, 32], _asked.Select(asked => asked.Headers).Order());
    }

    [Fact]
    public async Task Where_a_silo_is_gone_another_one_checks()
    {
        _proofOfTime = silo => silo.Equals(First) ? throw new TaskCanceledException("the silo ends") : Task.FromResult<string?>("bad");
        Assert.Equal("bad", await _validators.CheckProofOfTime([]));
        Assert.Equal("bad", await _validators.CheckProofOfTime([]));
    }

    [Fact]
    public async Task Without_any_silo_left_it_is_said()
    {
        _proofOfTime = _ => throw new TaskCanceledException("the silo ends");
        await Assert.ThrowsAsync<NoValidatorException>(() => _validators.CheckProofOfTime([]));
    }

    /// <summary>A fault in a check would happen elsewhere as well.</summary>
    [Fact]
    public async Task A_fault_is_not_tried_elsewhere()
    {
        var asked = 0;
        _proofOfTime = _ => throw new InvalidDataException($"{++asked}");
        await Assert.ThrowsAsync<InvalidDataException>(() => _validators.CheckProofOfTime([]));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_called_off_and_not_tried_elsewhere()
    {
        using var wanted = new CancellationTokenSource();
        var check = _validators.CheckBlocks(CheckKind.Full, [], isUrgent: true, wanted.Token);
        await wanted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        Assert.Equal(_asked.Count, _calledOff.Count);
        Assert.Single(_calledOff);
    }

    private IValidatorService ValidatorOn(SiloAddress silo) => Fake.Of<IValidatorService>((method, arguments) =>
    {
        switch (method.Name)
        {
            case nameof(IValidatorService.CheckHeaders):
                var headers = (byte[][])arguments[1]!;
                _asked.Add((silo, headers.Length));
                return Verdicts(headers);
            case nameof(IValidatorService.CheckProofOfTime):
                return _proofOfTime(silo);
            case nameof(IValidatorService.CheckBlocks):
                _asked.Add((silo, 0));
                return Verdicts([]);
            case nameof(IValidatorService.CallOff):
                _calledOff.Add((Guid)arguments[0]!);
                return Task.CompletedTask;
            default:
                throw new NotSupportedException(method.Name);
        }
    });

    /// <summary>Not before the test says so.</summary>
    private async Task<BlockVerdict[]> Verdicts(byte[][] headers)
    {
        await _checked.Task;
        return [.. headers.Select(header => new BlockVerdict(new([.. header, .. new byte[31]]), default))];
    }
}
