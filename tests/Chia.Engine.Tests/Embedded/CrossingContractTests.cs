using Chia.Embedded;

namespace Chia.Engine.Tests.Embedded;

/// <summary>What may cross between grains without a copy.</summary>
public sealed class CrossingContractTests
{
    private static readonly IReadOnlyList<string> Violations = [
        .. CrossingContract.Violations(typeof(CrossingContractTests).Assembly)
            .Where(v => !v.StartsWith(nameof(InterfaceShapeTests.IByReference), StringComparison.Ordinal)), // unfit in another way
    ];

    [Fact]
    public void The_contracts_of_the_tests_are_fit_but_for_those_that_are_meant_not_to_be()
    {
        Assert.All(Violations, v => Assert.StartsWith($"{nameof(IUnfitCrossing)}.", v, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(IUnfitCrossing.Array), "Byte[] can be changed")]
    [InlineData(nameof(IUnfitCrossing.List), "List`1 can be changed, or be anything")]
    [InlineData(nameof(IUnfitCrossing.Anything), "Object can be changed, or be anything")]
    [InlineData(nameof(IUnfitCrossing.Settable), "Settable.Value can be changed")]
    [InlineData(nameof(IUnfitCrossing.Nested), "Nested.Inner: Settable.Value can be changed")]
    [InlineData(nameof(IUnfitCrossing.ExposedArray), "ExposedArray.Bytes is an array")]
    [InlineData(nameof(IUnfitCrossing.Subclass), "Derived.Value can be changed")]
    [InlineData(nameof(IUnfitCrossing.ListOfSettable), "Settable.Value can be changed")]
    public void An_unfit_type_is_named(string method, string why)
    {
        Assert.Contains($"{nameof(IUnfitCrossing)}.{method}: {why}", Violations);
    }

    [Fact]
    public void Every_unfit_method_is_found_once()
    {
        Assert.Equal(typeof(IUnfitCrossing).GetMethods().Length, Violations.Count);
    }
}
