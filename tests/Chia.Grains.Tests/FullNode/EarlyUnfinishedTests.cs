using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.FullNode;

/// <summary>Unfinished blocks wait for their parents, within bounds.</summary>
public class EarlyUnfinishedTests
{
    private static readonly IReadOnlyList<FullBlock> Blocks =
        Vectors.Records("chains", "long1500", "blocks.bin").Take(200).Select(r => StreamableExtensions.Decode<FullBlock>(r)).ToList();

    private readonly EarlyUnfinished _early = new();

    [Fact]
    public void Children_are_handed_out_once_in_order_and_others_go_on_waiting()
    {
        Add("a", 3);
        Add("b", 4);
        Add("b", 3);
        var taken = _early.Take([Blocks[2].HeaderHash(), Blocks[9].HeaderHash()]);
        Assert.Equal(["a", "b"], taken.Select(t => t.From.ConnectionId.ToString()));
        Assert.All(taken, t => Assert.Equal(3u, t.Block.Height));
        Assert.Empty(_early.Take([Blocks[2].HeaderHash()]));
        Assert.Equal(4u, Assert.Single(_early.Take([Blocks[3].HeaderHash()])).Block.Height);
        Assert.Equal(0, _early.Count);
    }

    [Fact]
    public void A_talkative_peer_displaces_only_its_own()
    {
        Add("quiet", 3);
        for (var height = 10; height < 150; height++)
            Add("talkative", height);
        Assert.InRange(_early.Count, 2, 64);
        Assert.Single(_early.Take([Blocks[2].HeaderHash()]));
        Assert.Empty(_early.Take([Blocks[9].HeaderHash()]));
        Assert.Single(_early.Take([Blocks[148].HeaderHash()]));
    }

    [Fact]
    public void Many_peers_together_stay_within_the_bound()
    {
        for (var height = 10; height < 150; height++)
            Add($"peer-{height}", height);
        Assert.Equal(64, _early.Count);
        Assert.Empty(_early.Take([Blocks[9].HeaderHash()]));
        Assert.Single(_early.Take([Blocks[148].HeaderHash()]));
    }

    private void Add(string peer, int height) => _early.Add(TestPeers.Connection(Role.FullNode, Role.FullNode, peer), Blocks[height]);
}
