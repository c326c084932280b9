using Chia.Fuzz.Driver;
using Chia.Fuzz.Targets;

namespace Chia.Fuzz;

/// <summary>The short seeded run of every target, and the driver itself.</summary>
public sealed class FuzzTests
{
    private const ulong Seed = 20191203;

    public static TheoryData<string> Targets => [.. AllTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_inputs_are_answered_or_refused(string name)
    {
        using var target = AllTargets.Make(name)!;
        var result = FuzzRun.Run(target, Seed, 0, target.ShortRun, TimeSpan.FromMinutes(5));

        Assert.True(
            result.Fault is null, $"input {result.Fault?.Number}, {Convert.ToHexString(result.Fault?.Input ?? [])}: {result.Fault?.What}");
        Assert.Equal(target.ShortRun, result.Inputs);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Good_inputs_are_read(string name)
    {
        using var target = AllTargets.Make(name)!;

        Assert.NotEmpty(target.Corpus);
        Assert.All(target.Corpus, input => Assert.Null(FuzzRun.Judge(target, input)));
    }

    [Fact]
    public void A_fault_is_found_and_can_be_replayed()
    {
        using var target = new Careless();
        var first = FuzzRun.Run(target, Seed, 0, 100_000, TimeSpan.FromMinutes(1)).Fault;
        var second = FuzzRun.Run(target, Seed, 0, 100_000, TimeSpan.FromMinutes(1)).Fault;

        Assert.NotNull(first);
        Assert.Equal(first.Number, second?.Number);
        Assert.Contains("IndexOutOfRangeException", first.What, StringComparison.Ordinal);
        Assert.Equal(0xff, first.Input[1]);
        Assert.NotNull(FuzzRun.Judge(target, first.Input));
    }

    [Fact]
    public void An_allocation_out_of_proportion_is_a_fault()
    {
        using var target = new Careless();

        Assert.Contains("allocated", FuzzRun.Judge(target, [1, 0, 0]), StringComparison.Ordinal);
        Assert.Null(FuzzRun.Judge(target, [0, 0, 0]));
    }

    [Fact]
    public void What_a_first_use_sets_up_is_no_fault_of_the_input()
    {
        using var target = new Lazy();

        Assert.Null(FuzzRun.Judge(target, [0, 1, 2]));
        Assert.Equal(2, target.Runs);
    }

    /// <summary>Makes a table at its first use.</summary>
    private sealed class Lazy() : FuzzTarget("lazy")
    {
        public int Runs { get; private set; }

        public override IReadOnlyList<byte[]> Corpus { get; } = [[0]];

        public override int ShortRun => 1;

        public override void Run(byte[] input)
        {
            if (Runs++ == 0)
                GC.KeepAlive(new byte[1024 * 1024]);
        }
    }

    /// <summary>Believes a length, and reserves what it is told to.</summary>
    private sealed class Careless() : FuzzTarget("careless")
    {
        public override IReadOnlyList<byte[]> Corpus { get; } = [[0, 1, 2, 3]];

        public override int ShortRun => 1;

        public override void Run(byte[] input)
        {
            if (input.Length < 2)
                return;
            if (input[1] == 0xff)
                throw new IndexOutOfRangeException("as careless code does");
            if (input[0] == 1 && input.Length == 3)
                GC.KeepAlive(new byte[1024 * 1024]);
        }
    }
}
