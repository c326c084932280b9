using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Tests.Connections;

/// <summary>What went over a connection, for people (OPERATIONS 2).</summary>
public sealed class TrafficCountTests
{
    [Fact]
    public void Bytes_add_up_both_ways_and_the_greatest_height_stays()
    {
        var count = new TrafficCount();
        Assert.Equal(new PeerTraffic(0, 0, null), count.Total);
        count.Received(10, new PingMessage());
        Assert.Null(count.Total.Height);
        count.Received(5, new ProofOfSpaceFinalizedMessage(default, 7, 100, default, 1));
        count.Received(5, new ProofOfSpaceFinalizedMessage(default, 6, 90, default, 1));
        count.Sent(3);
        count.Sent(4);
        Assert.Equal(new PeerTraffic(20, 7, 7), count.Total);
    }
}
