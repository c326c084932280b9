using Chia.Gateway.Broadcasts;
using Chia.Gateway.Dialling;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Tests.Dialling;

/// <summary>What a gateway does again and again: it keeps peers that the operator named, and tells the cluster that it lives (CLUSTER
/// 5).</summary>
public sealed class UpkeepLoopTests : LoopTests
{
    private static readonly int Audiences = BroadcastStreams.Audiences.Count;

    private readonly FakeNode _node = new();
    private readonly BroadcastReceiver _broadcasts;
    private readonly RenewalLoop _renewal;

    public UpkeepLoopTests()
    {
        var services = Harness.Services;
        ((FakeCluster)(object)services.Cluster).FullNode = _node;
        _broadcasts = new BroadcastReceiver(services.Cluster, services.Options, Harness.Links, Harness.Time, NullLogger.Instance);
        _renewal = new RenewalLoop(services, _broadcasts, Stopping);
    }

    [Fact]
    public async Task A_peer_is_kept_while_it_is_wanted_and_let_be_when_it_is_not()
    {
        Harness.Directory.Kept.Add(Target);
        Running = new KeptPeersLoop(Harness.Services, Dialler, Stopping).Run();
        var (target, peer) = await Dialler.Next();
        Assert.Equal(Target, target);
        await peer.SendHandshake();
        await peer.Expect(LinkHarness.Identity.ToMessage());

        Harness.Directory.Kept.Clear();
        await Tick(TimeSpan.FromSeconds(2));
        while (await peer.Read() is not null)
        {
            // What was on its way to a peer that is let be.
        }

        for (var i = 0; i < 5; i++)
            await Tick(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Dialler.Count);
    }

    [Fact]
    public async Task A_renewal_tells_what_is_held_and_learns_who_is_kept_out()
    {
        await Harness.Establish();
        var banned = PeerHost.Parse("203.0.113.66");
        Harness.Directory.Bans.Add(new BannedSource(banned.Subscriber.ToString(), TimeSpan.FromMinutes(1)));
        await _renewal.Renew();
        Assert.Equal("renewed 1", await Harness.Directory.Heard());
        Assert.True(Harness.Links.Bans.Contains(banned));
        Assert.False(Harness.Links.Bans.Contains(LinkHarness.Host));
    }

    /// <summary>That they cannot be taken back must not keep those from being made that take their place.</summary>
    [Fact]
    public async Task Subscriptions_that_the_directory_has_removed_are_made_anew()
    {
        var streams = WithStreams();
        await _broadcasts.Start();
        streams.Made[1].IsLost = true;
        Harness.Directory.Unsubscribed.Add(streams.Made[0].HandleId);
        await _renewal.Renew();
        Assert.Equal(streams.Made.Skip(Audiences).Select(made => made.HandleId), _broadcasts.Subscriptions);
        Assert.Equal(Audiences, _broadcasts.Subscriptions.Length);
        Assert.Equal([true, false, true], streams.Made.Take(3).Select(made => made.IsOver));
        await _renewal.Renew();
        Assert.Equal(2 * Audiences, streams.Made.Count);
    }

    [Fact]
    public async Task Subscriptions_that_a_renewal_did_not_come_to_are_made_by_the_next()
    {
        var streams = WithStreams();
        await _broadcasts.Start();
        Harness.Directory.Unsubscribed.UnionWith(_broadcasts.Subscriptions);
        streams.Left = 1;
        await Assert.ThrowsAsync<TimeoutException>(_renewal.Renew);
        Assert.Single(_broadcasts.Subscriptions);
        streams.Left = int.MaxValue;
        await _renewal.Renew();
        Assert.Equal(Audiences, _broadcasts.Subscriptions.Length);
    }

    [Fact]
    public async Task A_directory_that_lives_elsewhere_since_is_told_what_is_held()
    {
        await Harness.Establish();
        Running = Beat().Run();
        await Tick(TimeSpan.FromSeconds(1));
        Harness.Directory.Activation = Guid.NewGuid();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal("renewed 1", await Harness.Directory.Heard());
        Assert.Equal(0, Harness.Grain.Announced);
    }

    [Fact]
    public async Task A_role_that_lives_elsewhere_since_is_told_of_the_connections_and_asked_where_we_are()
    {
        await Harness.Establish();
        var beat = Beat();
        Running = beat.Run();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (Harness.Grain.Announced, _node.Asked.Count));
        Assert.False(Harness.Grain.Told!.IsToldAgain);
        _node.Activation = Guid.NewGuid();
        await Tick(TimeSpan.FromSeconds(1));
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Harness.Grain.Announced);
        Assert.True(Harness.Grain.Told.IsToldAgain);
        Assert.Equal([Role.FullNode], _node.Asked);
        await Harness.Peer.Expect(FakeNode.State);
        Assert.True(beat.IsAnswered);
    }

    [Fact]
    public async Task A_beat_that_is_not_answered_is_seen_and_given_again()
    {
        _node.IsDead = true;
        var beat = Beat();
        Running = beat.Run();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.False(beat.IsAnswered);
        _node.IsDead = false;
        await Tick(TimeSpan.FromSeconds(1));
        await Harness.Time.WhenPending(TimeSpan.FromSeconds(1)).InTime();
        Assert.True(beat.IsAnswered);
    }

    private BeatLoop Beat() => new(Harness.Services, _broadcasts, _renewal, Stopping);

    private FakeStreams WithStreams() => ((FakeCluster)(object)Harness.Services.Cluster).Streams = new FakeStreams();
}
