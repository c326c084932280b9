using Chia.Gateway.Dialling;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Gateway.Tests.Dialling;

/// <summary>Who is dialled, when, and never twice (PROTOCOL.md 7.3, 11.17).</summary>
public sealed class DialLoopTests : LoopTests
{
    /// <summary>Of the machine, for half a second of the loops: the limits that might pass meanwhile are tens of them.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task A_configured_peer_is_dialled_again_when_its_connection_ends()
    {
        Running = new ConfiguredPeerLoop(Harness.Services, Dialler, Target, "claimed", Stopping).Run();
        var (target, peer) = await Dialler.Next();
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
        var loop = new ConfiguredPeersLoop(Harness.Services, Dialler, Stopping);
        loop.Set([(Target, "claimed")]);
        Running = loop.Run();
        var (_, one) = await Dialler.Next();
        await one.SendHandshake();
        await Harness.Grain.WasConnected.InTime();

        // The node's other gateway knows already that we are connected, and hangs up when we have shaken hands.
        loop.Set([(Target, "claimed"), (other, "claimed too")]);
        var (target, two) = await Dialler.Next();
        Assert.Equal(other, target);
        await two.Send((PeerEnd.Identity with { ServerPort = 8454 }).ToMessage());
        await two.Expect(LinkHarness.Identity.ToMessage());
        await two.HangUp();
        for (var i = 0; i < 30; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Dialler.Count);

        await one.HangUp();
        while (Harness.Links.HasGatewayOf(PeerEnd.Identity.NodeId))
            await Task.Yield();

        await BothAreDialled().InTime();

        // Which of the two comes first is chance, and one that does not answer may be dialled again before the other is.
        async Task BothAreDialled()
        {
            for (HashSet<PeerAddress> dialled = []; dialled.Count < 2;)
            {
                (target, var peer) = await Retry();
                dialled.Add(target);
                if (target != other)
                    continue;
                await peer.SendHandshake();
                await peer.Expect(LinkHarness.Identity.ToMessage());
            }
        }
    }

    [Fact]
    public async Task A_changed_configuration_lets_go_who_is_not_in_it_and_dials_who_is()
    {
        var other = PeerAddress.Of("203.0.113.10", 8444);
        var loop = new ConfiguredPeersLoop(Harness.Services, Dialler, Stopping);
        loop.Set([(Target, "claimed")]);
        Running = loop.Run();
        var (target, peer) = await Dialler.Next();
        Assert.Equal(Target, target);
        await peer.SendHandshake();
        await peer.Expect(LinkHarness.Identity.ToMessage());

        loop.Set([(other, "claimed")]);
        Assert.Equal(other, (await Dialler.Next()).Target);
        while (await peer.Read() is not null)
        {
            // What was under way; then the end.
        }

        Assert.Equal(2, Dialler.Count);
    }

    [Fact]
    public async Task A_configured_peer_that_cannot_be_reached_is_tried_for_ever_less_and_less_often()
    {
        Dialler.IsDead = true;
        Running = new ConfiguredPeerLoop(Harness.Services, Dialler, Target, "claimed", Stopping).Run();
        await Dialler.Next();
        for (var i = 0; i < 8; i++)
            await Retry();

        // Pauses of 1, 2, 4, 8, 16 and three times 30 seconds, each a quarter shorter at the least.
        var pauses = TimeSpan.FromSeconds(121) * 0.75;
        Assert.InRange(Harness.Time.GetUtcNow() - ManualTime.Start, pauses, TimeSpan.MaxValue);
        Assert.Equal(9, Dialler.Count);
    }

    [Fact]
    public async Task Nobody_is_dialled_whose_handshake_is_pending()
    {
        Running = new ConfiguredPeerLoop(Harness.Services, Dialler, Target, "claimed", Stopping).Run();
        await Dialler.Next();
        Harness.Directory.Candidates.AddRange([Target, PeerAddress.Of("::ffff:203.0.113.9", 8444), PeerAddress.Of("203.0.113.10", 8444)]);
        var search = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        Assert.Equal("203.0.113.10", (await Dialler.Next()).Target.Host.ToString());
        Assert.Equal(2, Dialler.Count);
        Running = Task.WhenAll(Running, search);
    }

    [Fact]
    public async Task A_configured_peer_that_dialled_us_is_not_dialled_but_one_that_only_has_its_node_id_does_not_count()
    {
        await Harness.Establish();
        var seen = Harness.Link.Connection!;
        Assert.True(Harness.Links.HasPeer(seen));
        Assert.False(Harness.Links.HasPeer(seen with { RemoteHost = "203.0.113.8" }));
        Assert.False(Harness.Links.HasPeer(seen with { AnnouncedPort = 1 }));
        Assert.False(Harness.Links.HasPeer(seen with { PeerNodeId = default }));
    }

    [Fact]
    public async Task A_configured_peer_whose_own_dial_is_under_way_is_waited_for_as_long_as_a_handshake_may_take()
    {
        await Harness.Peer.Send(PeerEnd.Identity.ToMessage());
        await Harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await Harness.Peer.Expect(new HandshakeAckMessage());
        var theirs = PeerAddress.Of(LinkHarness.Host, PeerEnd.Identity.ServerPort);
        Assert.True(Harness.Links.HasPeerAt(theirs));
        Assert.True(Harness.Links.HasPeerAt(PeerAddress.Of($"::ffff:{theirs.Host}", theirs.Port)));
        Assert.False(Harness.Links.HasPeerAt(PeerAddress.Of(theirs.Host, 1)));
        Assert.False(Harness.Links.HasPeerAt(PeerAddress.Of("a.name", theirs.Port)));

        Running = new ConfiguredPeerLoop(Harness.Services, Dialler, theirs, "claimed", Stopping).Run();
        await Tick(TimeSpan.FromSeconds(1));
        await Harness.Time.WhenPending(TimeSpan.FromSeconds(1)).InTime();
        Assert.Equal(0, Dialler.Count);

        // Anybody may say so: then we look ourselves, find the one whom we know already, and leave it at that.
        await Harness.Peer.Send(new HandshakeAckMessage());
        await Harness.Grain.WasConnected.InTime();
        Harness.Directory.OnRegister = () => Task.FromResult(new Registration(RegistrationOutcome.Duplicate));
        for (var i = 1; i < 15; i++)
            await Tick(TimeSpan.FromSeconds(1));
        var (_, peer) = await Dialler.Next();
        await peer.Send(PeerEnd.Identity.ToMessage());
        for (var i = 0; i < 5; i++)
            await Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Dialler.Count);
    }

    [Fact]
    public async Task A_dial_that_was_a_duplicate_did_not_fail()
    {
        Harness.Directory.Candidates.Add(Target);
        Harness.Directory.OnRegister = () => Task.FromResult(new Registration(RegistrationOutcome.Duplicate));
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        var (_, peer) = await Dialler.Next();
        await peer.Send(PeerEnd.Identity.ToMessage());
        Assert.Equal($"reached {Target}", await Harness.Directory.Heard());
    }

    [Fact]
    public async Task A_peer_that_hangs_up_because_it_has_another_connection_with_us_refused_a_duplicate()
    {
        await Harness.Establish();
        Harness.Directory.Candidates.Add(PeerAddress.Of(LinkHarness.Host, PeerEnd.Identity.ServerPort));
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        var (target, peer) = await Dialler.Next();
        await peer.Send(PeerEnd.Identity.ToMessage());
        await peer.HangUp();
        Assert.Equal($"reached {target}", await Harness.Directory.Heard());
    }

    [Fact]
    public async Task What_became_of_a_dial_is_told()
    {
        var ourselves = PeerAddress.Of("203.0.113.20", 8444);
        Harness.Directory.Candidates.Add(ourselves);
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        var (_, peer) = await Dialler.Next();
        await peer.Send(LinkHarness.Identity.ToMessage());
        Assert.Equal($"ourselves {ourselves}", await Harness.Directory.Heard());

        Dialler.IsDead = true;
        Harness.Directory.Candidates.Add(Target);
        await Retry();
        Assert.Equal($"failed {Target}", await Harness.Directory.Heard());
    }

    [Fact]
    public async Task A_told_name_is_looked_up_before_it_is_dialled()
    {
        var name = PeerAddress.Of("no-such-host.invalid", 8444);
        Harness.Directory.Candidates.Add(name);
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        Assert.Equal($"resolved {name}", await Harness.Directory.Heard());
        Assert.Equal(0, Dialler.Count);
    }

    /// <summary>Nodes that start together ask before it knows any.</summary>
    [Fact]
    public async Task An_introducer_that_told_of_nobody_is_asked_again_soon_and_whom_it_tells_of_is_dialled_at_once()
    {
        Harness.Directory.Missing = 1;
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        await Visit(await Dialler.Next());
        var before = Harness.Time.GetTimestamp();
        var visit = await Retry();
        Assert.InRange(Harness.Time.GetElapsedTime(before), TimeSpan.FromSeconds(0.75), Harness.Services.Options.IntroducerInterval / 4);

        Harness.Directory.Candidates.Add(Target);
        await Visit(visit);
        Assert.Equal(Target, (await Dialler.Next()).Target);
    }

    [Fact]
    public async Task An_introducer_that_never_tells_of_anybody_is_asked_ever_more_seldom()
    {
        Harness.Directory.Missing = 1;
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        await Visit(await Dialler.Next());
        var began = Harness.Time.GetTimestamp();
        for (var i = 0; i < 8; i++)
            await Visit(await Retry());
        // 1 + 2 + … + 64 s, and once the interval: three quarters of it at least.
        Assert.True(Harness.Time.GetElapsedTime(began) > TimeSpan.FromSeconds(180), $"{Harness.Time.GetElapsedTime(began)}");
    }

    /// <summary>It would refuse the next visit as long as this one stands.</summary>
    [Fact]
    public async Task An_introducer_that_does_not_answer_is_left_and_asked_again()
    {
        Harness.Directory.Missing = 1;
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        var (_, introducer) = await Dialler.Next();
        await introducer.SendHandshake(PeerEnd.Identity with { Role = Role.Introducer });
        await introducer.Expect(LinkHarness.Identity.ToMessage());
        await introducer.Expect(new Protocol.Messages.HandshakeAckMessage());
        await introducer.Expect(new Protocol.Messages.RequestPeersMessage());
        var before = Harness.Time.GetTimestamp();
        await Tick(PeerSearchLoop.VisitTime);
        Assert.Null(await introducer.Read());
        await Visit(await Retry());
        Assert.InRange(
            Harness.Time.GetElapsedTime(before), PeerSearchLoop.VisitTime, PeerSearchLoop.VisitTime + TimeSpan.FromSeconds(10));
    }

    /// <summary>A full node would close the connection for it (PROTOCOL.md 7.3).</summary>
    [Fact]
    public async Task Whoever_is_no_introducer_is_not_asked_for_peers()
    {
        Harness.Directory.Missing = 1;
        Harness.Grain.OnConnected = () =>
            Task.FromResult(new ConnectionVerdict([Protocol.MessageRegistry.Encode(new Protocol.Messages.PingMessage())]));
        Running = new PeerSearchLoop(Harness.Services, Dialler, Stopping).Run();
        var (_, peer) = await Dialler.Next();
        await peer.SendHandshake();
        await peer.Expect(LinkHarness.Identity.ToMessage());
        await peer.Expect(new Protocol.Messages.HandshakeAckMessage());
        await peer.Expect(new Protocol.Messages.PingMessage());
    }

    [Fact]
    public async Task The_introducers_candidates_are_tried_out_with_a_handshake()
    {
        Harness.Directory.Candidates.AddRange([Target, PeerAddress.Of("203.0.113.10", 8444)]);
        Running = new VettingLoop(Harness.Services, Dialler, Stopping).Run();
        var (target, node) = await Dialler.Next();
        await node.SendHandshake();
        Assert.Equal($"reached {target}", await Harness.Directory.Heard());

        (target, var farmer) = await Dialler.Next();
        await farmer.SendHandshake(PeerEnd.Identity with { Role = Role.Farmer });
        Assert.Equal($"failed {target}", await Harness.Directory.Heard());
    }

    [Fact]
    public async Task A_probe_does_not_show_our_node_id()
    {
        var probing = new PeerProbe(Harness.Services, Dialler).IsFullNode(Target, Stopping);
        var (_, peer) = await Dialler.Next();
        Assert.NotEqual(
            Convert.ToHexString(Protocol.MessageRegistry.Encode(LinkHarness.Identity.ToMessage()).AsSpan(4)),
            Convert.ToHexString((await peer.Read())!));
        await peer.HangUp();
        Assert.False(await probing.InTime());
    }

    [Fact]
    public async Task A_step_that_fails_is_taken_again_and_a_visit_that_fails_costs_nobody_else()
    {
        var upkeep = new Upkeep(Harness.Services, Stopping);
        var taken = System.Threading.Channels.Channel.CreateUnbounded<int>();
        var count = 0;
        var visited = new TaskCompletionSource();
        Running = upkeep.Run(
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

    /// <summary>The introducer is asked, and has said what it knows.</summary>
    private async Task Visit((PeerAddress Target, PeerEnd Introducer) dialled)
    {
        var questions = Harness.Directory.DialQuestions;
        Assert.Equal(LinkHarness.Introducer, dialled.Target);
        await dialled.Introducer.SendHandshake(PeerEnd.Identity with { Role = Role.Introducer });
        await dialled.Introducer.Expect(LinkHarness.Identity.ToMessage());
        await dialled.Introducer.Expect(new Protocol.Messages.HandshakeAckMessage());
        await dialled.Introducer.Expect(new Protocol.Messages.RequestPeersMessage());
        await dialled.Introducer.HangUp();
        while (Harness.Directory.DialQuestions == questions)
            await Task.Yield();
    }

    /// <summary>Lets time pass until the next dial, and no longer: the dial after it is at least 750 ms away. After each step loops and
    /// connections come to wait for the next, if there is anything that they do at this one: on a busy machine hours would go by before.
    /// </summary>
    private async Task<(PeerAddress Target, PeerEnd Peer)> Retry()
    {
        while (!Dialler.HasDialled)
        {
            var (set, fired) = (Harness.Time.TimersSet, Harness.Time.TimersFired);
            Harness.Time.Advance(TimeSpan.FromMilliseconds(500));
            SpinWait.SpinUntil(
                () => Dialler.HasDialled || Harness.Time.TimersSet != set, Harness.Time.TimersFired == fired ? Turn / 10 : Turn);
        }

        return await Dialler.Next();
    }
}
