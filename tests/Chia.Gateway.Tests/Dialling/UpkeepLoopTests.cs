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

    /// <summary>By its list alone it could not reach them, and neither could the grain of a peer that says nothing once it lives
    /// elsewhere.</summary>
    [Fact]
    public async Task A_directory_that_lives_elsewhere_since_is_told_what_is_held_and_how_it_is_reached()
    {
        WithStreams();
        await _broadcasts.Start();
        await Harness.Establish();
        Running = Beat().Run();
        await Tick(TimeSpan.FromSeconds(1));
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Harness.Grain.OnConnected = () =>
        {
            again.SetResult();
            return Task.FromResult(ConnectionVerdict.Continue);
        };
        Harness.Directory.Activation = Guid.NewGuid();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal("renewed 1", await Harness.Directory.Heard());
        await again.Task.InTime();
        for (var i = 0; i < 3; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), (Harness.Grain.Announced, _node.Asked.Count));
        Assert.True(Harness.Grain.Told!.IsToldAgain);
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
        await Harness.Peer.Expect(FakeNode.State);
        for (var i = 0; i < 3; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Harness.Grain.Announced);
        Assert.True(Harness.Grain.Told.IsToldAgain);
        Assert.Equal([Role.FullNode], _node.Asked);
        Assert.True(beat.IsAnswered);
    }

    /// <summary>The directory took a gateway for dead that was silent meanwhile, and with it all that it held.</summary>
    [Fact]
    public async Task A_connection_whose_grain_does_not_answer_keeps_no_beat_waiting()
    {
        await Harness.Establish();
        Running = Beat().Run();
        await Tick(TimeSpan.FromSeconds(1));
        var held = new TaskCompletionSource<ConnectionVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        Harness.Grain.OnConnected = () => held.Task;
        _node.Activation = Guid.NewGuid();
        var before = Harness.Directory.Beats;
        for (var i = 0; i < 5; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.InRange(Harness.Directory.Beats, before + 4, before + 6);

        // It is told once, and asked where we are when all are told.
        held.SetResult(ConnectionVerdict.Continue);
        await Harness.Peer.Expect(FakeNode.State);
        Assert.Equal(1, Harness.Grain.Announced);
    }

    [Fact]
    public async Task A_node_that_does_not_say_what_was_lost_keeps_no_beat_waiting()
    {
        await Harness.Establish();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _node.Answering = held.Task;
        Running = Beat().Run();
        await Tick(TimeSpan.FromSeconds(1));
        _node.Sent = new BroadcastPosition(_node.Sent.Epoch, 1);
        var before = Harness.Directory.Beats;
        for (var i = 0; i < 5; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.InRange(Harness.Directory.Beats, before + 4, before + 6);
        Assert.Equal([Role.FullNode], _node.Asked);
        held.SetResult();
        await Harness.Peer.Expect(FakeNode.State);
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
