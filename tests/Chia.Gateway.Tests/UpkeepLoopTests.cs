using Chia.Gateway.Broadcasts;
using Chia.Gateway.Dialling;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Tests;

/// <summary>What a gateway does again and again: it keeps peers that the operator named, and tells the cluster that it lives (CLUSTER
/// 5).</summary>
public sealed class UpkeepLoopTests : IAsyncDisposable
{
    private static readonly PeerAddress Target = PeerAddress.Of("203.0.113.9", 8444);
    private readonly CancellationTokenSource _stopping = new();
    private readonly LinkHarness _harness = new();
    private readonly FakeDialler _dialler = new();
    private readonly FakeNode _node = new();
    private readonly BroadcastReceiver _broadcasts;
    private readonly RenewalLoop _renewal;
    private Task _running = Task.CompletedTask;

    public UpkeepLoopTests()
    {
        var services = _harness.Services;
        ((FakeCluster)(object)services.Cluster).FullNode = _node;
        _broadcasts = new BroadcastReceiver(services.Cluster, services.Options, _harness.Links, _harness.Time, NullLogger.Instance);
        _renewal = new RenewalLoop(services, _broadcasts, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.InTime();
        await _harness.DisposeAsync();
        _stopping.Dispose();
    }

    [Fact]
    public async Task A_peer_is_kept_while_it_is_wanted_and_let_be_when_it_is_not()
    {
        _harness.Directory.Kept.Add(Target);
        _running = new KeptPeersLoop(_harness.Services, _dialler, _stopping.Token).Run();
        var (target, peer) = await _dialler.Next();
        Assert.Equal(Target, target);
        await peer.SendHandshake();
        await peer.Expect(LinkHarness.Identity.ToMessage());

        _harness.Directory.Kept.Clear();
        await Tick(TimeSpan.FromSeconds(2));
        while (await peer.Read() is not null)
        {
            // What was on its way to a peer that is let be.
        }

        for (var i = 0; i < 5; i++)
            await Tick(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _dialler.Count);
    }

    [Fact]
    public async Task A_renewal_tells_what_is_held_and_learns_who_is_kept_out()
    {
        await _harness.Establish();
        var banned = PeerHost.Parse("203.0.113.66");
        _harness.Directory.Bans.Add(new BannedSource(banned.Subscriber.ToString(), TimeSpan.FromMinutes(1)));
        await _renewal.Renew();
        Assert.Equal("renewed 1", await _harness.Directory.Heard());
        Assert.True(_harness.Links.Bans.Contains(banned));
        Assert.False(_harness.Links.Bans.Contains(LinkHarness.Host));
    }

    [Fact]
    public async Task A_directory_that_lives_elsewhere_since_is_told_what_is_held()
    {
        await _harness.Establish();
        _running = Beat().Run();
        await Tick(TimeSpan.FromSeconds(1));
        _harness.Directory.Activation = Guid.NewGuid();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal("renewed 1", await _harness.Directory.Heard());
        Assert.Equal(0, _harness.Grain.Announced);
    }

    [Fact]
    public async Task A_role_that_lives_elsewhere_since_is_told_of_the_connections_and_asked_where_we_are()
    {
        await _harness.Establish();
        var beat = Beat();
        _running = beat.Run();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (_harness.Grain.Announced, _node.Asked.Count));
        _node.Activation = Guid.NewGuid();
        await Tick(TimeSpan.FromSeconds(1));
        await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _harness.Grain.Announced);
        Assert.Equal([Role.FullNode], _node.Asked);
        await _harness.Peer.Expect(FakeNode.State);
        Assert.True(beat.IsAnswered);
    }

    [Fact]
    public async Task A_beat_that_is_not_answered_is_seen_and_given_again()
    {
        _node.IsDead = true;
        var beat = Beat();
        _running = beat.Run();
        await Tick(TimeSpan.FromSeconds(1));
        Assert.False(beat.IsAnswered);
        _node.IsDead = false;
        await Tick(TimeSpan.FromSeconds(1));
        await _harness.Time.WhenPending(TimeSpan.FromSeconds(1)).InTime();
        Assert.True(beat.IsAnswered);
    }

    private BeatLoop Beat() => new(_harness.Services, _broadcasts, _renewal, _stopping.Token);

    /// <summary>The loop has taken its step and waits; its pause passes.</summary>
    private async Task Tick(TimeSpan pause)
    {
        await _harness.Time.WhenPending(pause).InTime();
        _harness.Time.Advance(pause);
    }
}
