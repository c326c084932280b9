using Chia.Silo.Networks;

namespace Chia.Silo.Tests.Networks;

/// <summary>What a network of one's own counts on.</summary>
public sealed class NetworkPaceTests
{
    /// <summary>A simulation that began on a machine at its limits wrote a network file with no speed at all, and refused it.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 7)]
    [InlineData(100_000, 70_000)]
    public void A_timelord_beside_all_others_reaches_a_part_of_its_speed_and_never_none(ulong alone, ulong counted) =>
        Assert.Equal(counted, NetworkPace.Shared(alone));
}
