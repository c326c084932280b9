using Chia.Grains.Tests.Farmer;
using Chia.Grains.Timelord;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Timelord;

/// <summary>What a timelord makes of what full nodes tell it (ROLES.md 5).</summary>
public sealed class FullNodeViewTests
{
    private readonly FullNodeView _view = new(tips: 3, isConfigured: true);

    [Fact]
    public void The_challenges_of_a_node_are_those_of_its_tips()
    {
        for (ulong weight = 1; weight <= 10; weight++)
            _view.Announced(Hash(weight), weight, 0);
        Assert.Equal([Hash(8), Hash(9), Hash(10)], _view.Challenges);
        Assert.Equal(10UL, _view.Heaviest);

        // As heavy as the lightest tip is a tip as well; lighter is past.
        _view.Announced(Hash(80), 8, 0);
        _view.Announced(Hash(7), 7, 0);
        Assert.Equal([Hash(8), Hash(9), Hash(10), Hash(80)], _view.Challenges);
    }

    [Fact]
    public void Three_proofs_settle_a_weight_and_all_below()
    {
        _view.Announced(Hash(1), 1, 0);
        _view.Announced(Hash(2), 2, 1);
        _view.Announced(Hash(3), 3, 0);
        _view.Proved(Hash(2));
        Assert.Null(_view.Settled);
        _view.Proved(Hash(99));
        _view.Proved(Hash(2));
        Assert.Equal(2UL, _view.Settled);
        Assert.Equal([Hash(3)], _view.Unsettled);
    }

    [Fact]
    public void Equals_are_kept_in_bounded_number()
    {
        for (ulong i = 0; i < 100; i++)
            _view.Announced(Hash(i), 5, 0);
        Assert.Equal(16, _view.Challenges.Count());
    }

    [Fact]
    public void Room_for_a_challenge_is_made_by_the_node_that_brought_most()
    {
        var memory = new ChallengeMemory(capacity: 4);
        var (crowd, other) = (ConnectionId.Parse("crowd"), ConnectionId.Parse("other"));
        for (ulong i = 1; i <= 3; i++)
            memory.Get(Hash(i), crowd).Weight = 10 - i;
        memory.Get(Hash(4), other).Weight = 1;
        Assert.Same(memory.Find(Hash(4)), memory.Get(Hash(4), crowd));
        memory.Get(Hash(5), other);
        Assert.Null(memory.Find(Hash(3)));
        Assert.NotNull(memory.Find(Hash(4)));
        Assert.Equal(4, memory.Count);
    }

    [Fact]
    public void Of_which_only_iterations_were_told_goes_first()
    {
        var memory = new ChallengeMemory(capacity: 2);
        var node = ConnectionId.Parse("node");
        memory.Get(Hash(1), node).Weight = 1;
        memory.Get(Hash(2), node);
        memory.Get(Hash(3), node);
        Assert.NotNull(memory.Find(Hash(1)));
        Assert.Null(memory.Find(Hash(2)));
    }

    [Fact]
    public void The_speed_is_the_mean_of_the_last_measurements()
    {
        var meter = new SpeedMeter();
        Assert.Equal(0, meter.Mean);
        meter.Add(0);
        meter.Add(100);
        meter.Add(200);
        Assert.Equal(150, meter.Mean);
        for (var i = 0; i < 100; i++)
            meter.Add(50);
        Assert.Equal(50, meter.Mean, 1.0);
    }

    private static Bytes32 Hash(ulong number) => FarmerScene.Hash($"challenge {number}");
}
