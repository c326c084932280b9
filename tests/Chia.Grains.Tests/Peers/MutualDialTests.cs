using Chia.Grains.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Peers;

/// <summary>
/// Two processes dial each other at once (PROTOCOL.md 4.4): two connections, a handshake and an ack in each direction of each. In whatever
/// order these arrive, one connection stays, the same at both ends; at the other end there may be a reference node, which keeps the one
/// that it heard of first.
/// </summary>
public sealed class MutualDialTests
{
    private static readonly Bytes32 Small = Bytes32.FromHex(new string('1', 64));
    private static readonly Bytes32 Large = Bytes32.FromHex(new string('2', 64));

    private enum Frame
    {
        Handshake,
        Ack,
        Close,
    }

    private enum Phase
    {
        AwaitsHandshake,
        AwaitsAck,
        Established,
        Closed,
    }

    [Fact]
    public void Two_of_ours_keep_one_connection_in_every_order_of_events()
    {
        var orders = EveryOrder(() => [new Ours(0, Small, Large), new Ours(1, Large, Small)]);
        Assert.InRange(orders, 2520, int.MaxValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_of_ours_and_a_reference_node_keep_one_connection_in_every_order_of_events(bool oursIsSmaller)
    {
        var orders = EveryOrder(() => [oursIsSmaller ? new Ours(0, Small, Large) : new Ours(0, Large, Small), new Reference()]);
        Assert.InRange(orders, 500, int.MaxValue);
    }

    /// <summary>Goes through all orders of deliveries: each run follows a list of choices, the next one differs in the last that has
    /// another.</summary>
    private static int EveryOrder(Func<End[]> start)
    {
        var choices = new List<(int Taken, int Among)>();
        for (var runs = 1; ; runs++)
        {
            Run(start(), choices);
            while (choices.Count > 0 && choices[^1].Taken == choices[^1].Among - 1)
                choices.RemoveAt(choices.Count - 1);
            if (choices.Count == 0)
                return runs;
            choices[^1] = (choices[^1].Taken + 1, choices[^1].Among);
        }
    }

    private static void Run(End[] ends, List<(int Taken, int Among)> choices)
    {
        // Connection i was dialled by end i; what waits in it for an end.
        var waiting = new Queue<Frame>[2, 2];
        foreach (var (link, end) in All())
            waiting[link, end] = new Queue<Frame>([Frame.Handshake]);
        for (var step = 0; ; step++)
        {
            var possible = All().Where(at => waiting[at.Link, at.End].Count > 0).ToList();
            if (possible.Count == 0)
                break;
            if (step == choices.Count)
                choices.Add((0, possible.Count));
            var (link, end) = possible[choices[step].Taken];
            foreach (var (sentOver, frame) in ends[end].Receive(link, waiting[link, end].Dequeue()))
                waiting[sentOver, 1 - end].Enqueue(frame);
        }

        var kept = Enumerable.Range(0, 2).Where(link => ends.All(e => e.Phases[link] == Phase.Established)).ToList();
        var gone = Enumerable.Range(0, 2).Where(link => ends.All(e => e.Phases[link] == Phase.Closed)).ToList();
        Assert.True(kept.Count == 1 && gone.Count == 1, string.Join(" ", choices.Select(c => c.Taken)));
    }

    private static IEnumerable<(int Link, int End)> All() => [(0, 0), (0, 1), (1, 0), (1, 1)];

    /// <summary>One process: what it answers, and over which connection.</summary>
    private abstract class End
    {
        public Phase[] Phases { get; } = new Phase[2];

        public IEnumerable<(int Link, Frame Frame)> Receive(int link, Frame frame)
        {
            if (Phases[link] == Phase.Closed)
                return [];
            return frame switch
            {
                Frame.Handshake => OnHandshake(link),
                Frame.Ack => OnAck(link),
                _ => OnClose(link),
            };
        }

        protected abstract IEnumerable<(int Link, Frame Frame)> OnHandshake(int link);

        protected abstract IEnumerable<(int Link, Frame Frame)> OnAck(int link);

        protected abstract void Forget(int link);

        protected (int Link, Frame Frame) Close(int link)
        {
            Phases[link] = Phase.Closed;
            return (link, Frame.Close);
        }

        private IEnumerable<(int Link, Frame Frame)> OnClose(int link)
        {
            Forget(link);
            return [Close(link)];
        }
    }

    private sealed class Ours(int self, Bytes32 own, Bytes32 peer) : End
    {
        private readonly ConnectionTable _table = new(TimeSpan.FromSeconds(90));

        protected override IEnumerable<(int Link, Frame Frame)> OnHandshake(int link)
        {
            var connection = TestPeers.Connection(Role.FullNode, Role.FullNode, $"{link}") with
            {
                LocalNodeId = own,
                PeerNodeId = peer,
                IsOutbound = link == self,
            };
            if (!_table.TryRegister(connection, TimeSpan.Zero))
                return [Close(link)];
            Phases[link] = Phase.AwaitsAck;
            return [(link, Frame.Ack)];
        }

        protected override IEnumerable<(int Link, Frame Frame)> OnAck(int link)
        {
            if (!_table.Establish(Id(link), out var replaced))
                return [Close(link)];
            Phases[link] = Phase.Established;
            return [.. replaced.Select(loser => Close(int.Parse(loser.ConnectionId.ToString(), null)))];
        }

        protected override void Forget(int link) => _table.Remove(Id(link));

        private static ConnectionId Id(int link) => ConnectionId.Parse($"{link}");
    }

    /// <summary>Refuses a node id that is registered, and nothing else.</summary>
    private sealed class Reference : End
    {
        private int? _registered;

        protected override IEnumerable<(int Link, Frame Frame)> OnHandshake(int link)
        {
            if (_registered is not null)
                return [Close(link)];
            _registered = link;
            Phases[link] = Phase.AwaitsAck;
            return [(link, Frame.Ack)];
        }

        protected override IEnumerable<(int Link, Frame Frame)> OnAck(int link)
        {
            Phases[link] = Phase.Established;
            return [];
        }

        protected override void Forget(int link)
        {
            if (_registered == link)
                _registered = null;
        }
    }
}
