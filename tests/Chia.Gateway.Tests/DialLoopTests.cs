using Chia.Gateway.Connections;
using Chia.Gateway.Dialling;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Gateway.Tests;

/// <summary>Who is dialled, when, and never twice (PROTOCOL.md 7.3, 11.17).</summary>
public sealed class DialLoopTests : IAsyncDisposable
{
    private static readonly PeerAddress Target = PeerAddress.Of("203.0.113.9", 8444);
    private readonly CancellationTokenSource _stopping = new();
    private readonly LinkHarness _harness = new();
    private readonly FakeDialler _dialler = new();
    private Task _running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.InTime();
        await _harness.DisposeAsync();
        _stopping.Dispose();
    }

    [Fact]
    public async Task A_configured_peer_is_dialled_again_when_its_connection_ends()
    {
        _running = new ConfiguredPeerLoop(_harness.Services, _dialler, Target, "claimed", _stopping.Token).Run();
        var (target, peer) = await _dialler.Next();
        Assert.Equal(Target, target);
        await peer.SendHandshake();
        await peer.Expect(LinkHarness.Identity.ToMessage());
        await peer.HangUp();
        await Retry();
    }

    [Fact]
    public async Task Of_a_configured_node_with_two_gateways_one_connection_is_enough_and_the_other_is_dialled_when_it_ends()
    {
        var other = PeerAddress.Of("203.0.113.10", 8444);
        var loop = new ConfiguredPeersLoop(_harness.Services, _dialler, _stopping.Token);
        loop.Set([(Target, "claimed")]);
        _running = loop.Run();
        var (_, one) = await _dialler.Next();
        await one.SendHandshake();
        await _harness.Grain.WasConnected.InTime();

        // The node's other gateway knows already that we are connected, and hangs up when we have shaken hands.
        loop.Set([(Target, "claimed"), (other, "claimed too")]);
        var (target, two) = await _dialler.Next();
        Assert.Equal(other, target);
        await two.Send((PeerEnd.Identity with { ServerPort = 8454 }).ToMessage());
        await two.Expect(LinkHarness.Identity.ToMessage());
        await two.HangUp();
        for (var i = 0; i < 30; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _dialler.Count);

        await one.HangUp();
        Assert.Equal([Target, other], new[] { await Retry(), await Retry() }.OrderBy(dialled => dialled.ToString().Length));
    }

    [Fact]
    public async Task A_changed_configuration_lets_go_who_is_not_in_it_and_dials_who_is()
    {
        var other = PeerAddress.Of("203.0.113.10", 8444);
        var loop = new ConfiguredPeersLoop(_harness.Services, _dialler, _stopping.Token);
        loop.Set([(Target, "claimed")]);
        _running = loop.Run();
        var (target, peer) = await _dialler.Next();
        Assert.Equal(Target, target);
        await peer.SendHandshake();
        await peer.Expect(LinkHarness.Identity.ToMessage());

        loop.Set([(other, "claimed")]);
        Assert.Equal(other, (await _dialler.Next()).Target);
        while (await peer.Read() is not null)
        {
            // What was under way; then the end.
        }

        Assert.Equal(2, _dialler.Count);
    }

    [Fact]
    public async Task A_configured_peer_that_cannot_be_reached_is_tried_for_ever_less_and_less_often()
    {
        _dialler.IsDead = true;
        _running = new ConfiguredPeerLoop(_harness.Services, _dialler, Target, "claimed", _stopping.Token).Run();
        await _dialler.Next();
        for (var i = 0; i < 8; i++)
            await Retry();

        // Pauses of 1, 2, 4, 8, 16 and three times 30 seconds, each a quarter shorter at the least.
        var pauses = TimeSpan.FromSeconds(121) * 0.75;
        Assert.InRange(_harness.Time.GetUtcNow() - ManualTime.Start, pauses, TimeSpan.MaxValue);
        Assert.Equal(9, _dialler.Count);
    }

    [Fact]
    public async Task Nobody_is_dialled_whose_handshake_is_pending()
    {
        _running = new ConfiguredPeerLoop(_harness.Services, _dialler, Target, "claimed", _stopping.Token).Run();
        await _dialler.Next();
        _harness.Directory.Candidates.AddRange([Target, PeerAddress.Of("::ffff:203.0.113.9", 8444), PeerAddress.Of("203.0.113.10", 8444)]);
        var search = new PeerSearchLoop(_harness.Services, _dialler, _stopping.Token).Run();
        Assert.Equal("203.0.113.10", (await _dialler.Next()).Target.Host.ToString());
        Assert.Equal(2, _dialler.Count);
        _running = Task.WhenAll(_running, search);
    }

    [Fact]
    public async Task A_configured_peer_that_dialled_us_is_not_dialled_but_one_that_only_has_its_node_id_does_not_count()
    {
        await _harness.Establish();
        var seen = _harness.Link.Connection!;
        Assert.True(_harness.Links.HasPeer(seen));
        Assert.False(_harness.Links.HasPeer(seen with { RemoteHost = "203.0.113.8" }));
        Assert.False(_harness.Links.HasPeer(seen with { AnnouncedPort = 1 }));
        Assert.False(_harness.Links.HasPeer(seen with { PeerNodeId = default }));
    }

    [Fact]
    public async Task A_configured_peer_whose_own_dial_is_under_way_is_waited_for_as_long_as_a_handshake_may_take()
    {
        await _harness.Peer.Send(PeerEnd.Identity.ToMessage());
        await _harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await _harness.Peer.Expect(new HandshakeAckMessage());
        var theirs = PeerAddress.Of(LinkHarness.Host, PeerEnd.Identity.ServerPort);
        Assert.True(_harness.Links.HasPeerAt(theirs));
        Assert.True(_harness.Links.HasPeerAt(PeerAddress.Of($"::ffff:{theirs.Host}", theirs.Port)));
        Assert.False(_harness.Links.HasPeerAt(PeerAddress.Of(theirs.Host, 1)));
        Assert.False(_harness.Links.HasPeerAt(PeerAddress.Of("a.name", theirs.Port)));

        _running = new ConfiguredPeerLoop(_harness.Services, _dialler, theirs, "claimed", _stopping.Token).Run();
        await Tick(TimeSpan.FromSeconds(1));
        await _harness.Time.WhenPending(TimeSpan.FromSeconds(1)).InTime();
        Assert.Equal(0, _dialler.Count);

        // Anybody may say so: then we look ourselves, find the one whom we know already, and leave it at that.
        await _harness.Peer.Send(new HandshakeAckMessage());
        await _harness.Grain.WasConnected.InTime();
        _harness.Directory.OnRegister = () => Task.FromResult(new Registration(RegistrationOutcome.Duplicate));
        for (var i = 1; i < 15; i++)
            await Tick(TimeSpan.FromSeconds(1));
        var (_, peer) = await _dialler.Next();
        await peer.Send(PeerEnd.Identity.ToMessage());
        for (var i = 0; i < 5; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _dialler.Count);
    }

    [Fact]
    public async Task A_dial_that_was_a_duplicate_did_not_fail()
    {
        _harness.Directory.Candidates.Add(Target);
        _harness.Directory.OnRegister = () => Task.FromResult(new Registration(RegistrationOutcome.Duplicate));
        _running = new PeerSearchLoop(_harness.Services, _dialler, _stopping.Token).Run();
        var (_, peer) = await _dialler.Next();
        await peer.Send(PeerEnd.Identity.ToMessage());
        Assert.Equal($"reached {Target}", await _harness.Directory.Heard());
    }

    [Fact]
    public async Task A_peer_that_hangs_up_because_it_has_another_connection_with_us_refused_a_duplicate()
    {
        await _harness.Establish();
        _harness.Directory.Candidates.Add(PeerAddress.Of(LinkHarness.Host, PeerEnd.Identity.ServerPort));
        _running = new PeerSearchLoop(_harness.Services, _dialler, _stopping.Token).Run();
        var (target, peer) = await _dialler.Next();
        await peer.Send(PeerEnd.Identity.ToMessage());
        await peer.HangUp();
        Assert.Equal($"reached {target}", await _harness.Directory.Heard());
    }

    [Fact]
    public async Task What_became_of_a_dial_is_told()
    {
        var ourselves = PeerAddress.Of("203.0.113.20", 8444);
        _harness.Directory.Candidates.Add(ourselves);
        _running = new PeerSearchLoop(_harness.Services, _dialler, _stopping.Token).Run();
        var (_, peer) = await _dialler.Next();
        await peer.Send(LinkHarness.Identity.ToMessage());
        Assert.Equal($"ourselves {ourselves}", await _harness.Directory.Heard());

        _dialler.IsDead = true;
        _harness.Directory.Candidates.Add(Target);
        await Retry();
        Assert.Equal($"failed {Target}", await _harness.Directory.Heard());
    }

    [Fact]
    public async Task A_told_name_is_looked_up_before_it_is_dialled()
    {
        var name = PeerAddress.Of("no-such-host.invalid", 8444);
        _harness.Directory.Candidates.Add(name);
        _running = new PeerSearchLoop(_harness.Services, _dialler, _stopping.Token).Run();
        Assert.Equal($"resolved {name}", await _harness.Directory.Heard());
        Assert.Equal(0, _dialler.Count);
    }

    [Fact]
    public async Task The_introducers_candidates_are_tried_out_with_a_handshake()
    {
        _harness.Directory.Candidates.AddRange([Target, PeerAddress.Of("203.0.113.10", 8444)]);
        _running = new VettingLoop(_harness.Services, _dialler, _stopping.Token).Run();
        var (target, node) = await _dialler.Next();
        await node.SendHandshake();
        Assert.Equal($"reached {target}", await _harness.Directory.Heard());

        (target, var farmer) = await _dialler.Next();
        await farmer.SendHandshake(PeerEnd.Identity with { Role = Role.Farmer });
        Assert.Equal($"failed {target}", await _harness.Directory.Heard());
    }

    [Fact]
    public async Task A_probe_does_not_show_our_node_id()
    {
        var probing = new PeerProbe(_harness.Services, _dialler).IsFullNode(Target, _stopping.Token);
        var (_, peer) = await _dialler.Next();
        Assert.NotEqual(
            Convert.ToHexString(Protocol.MessageRegistry.Encode(LinkHarness.Identity.ToMessage()).AsSpan(4)),
            Convert.ToHexString((await peer.Read())!));
        await peer.HangUp();
        Assert.False(await probing.InTime());
    }

    [Fact]
    public async Task A_step_that_fails_is_taken_again_and_a_visit_that_fails_costs_nobody_else()
    {
        var upkeep = new Upkeep(_harness.Services, _stopping.Token);
        var taken = System.Threading.Channels.Channel.CreateUnbounded<int>();
        var count = 0;
        var visited = new TaskCompletionSource();
        _running = upkeep.Run(
            () =>
            {
                taken.Writer.TryWrite(++count);
                upkeep.Begin(() => throw new InvalidOperationException("a visit"));
                upkeep.Begin(() => visited.Task);
                return count == 1 ? throw new InvalidOperationException("a step") : Task.FromResult(TimeSpan.FromSeconds(1));
            },
            TimeSpan.FromSeconds(3));
        Assert.Equal(1, await taken.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime());
        await Tick(TimeSpan.FromSeconds(3));
        Assert.Equal(2, await taken.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime());
        Assert.Equal(2, upkeep.Visits);
        visited.SetResult();
    }

    private async Task Tick(TimeSpan pause)
    {
        await _harness.Time.WhenPending(pause).InTime();
        _harness.Time.Advance(pause);
    }

    /// <summary>Lets time pass until the next dial.</summary>
    private async Task<PeerAddress> Retry()
    {
        var dial = _dialler.Next();
        while (!dial.IsCompleted)
        {
            _harness.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        return (await dial).Target;
    }
}
