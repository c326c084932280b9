using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Introducer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Introducer;

/// <summary>Whom the introducer answers (ROLES.md 7).</summary>
public sealed class IntroducerRoleTests
{
    private readonly IntroducerRole _role = new(Fake.Deaf<IPeerDirectoryGrain>(), new IntroducerOptions());

    [Fact]
    public async Task Only_full_nodes_are_told_anything()
    {
        var farmer = TestPeers.Connection(Role.Introducer, Role.Farmer, "farmer");
        Assert.Empty(await _role.Connected(farmer));
        Assert.Empty(await _role.Handle(farmer, new RequestPeersMessage()));
        Assert.Empty(await _role.Disconnected(farmer));
        Assert.Empty(await _role.Tick());
    }

    [Fact]
    public async Task Anything_but_a_request_for_peers_is_a_breach()
    {
        var node = TestPeers.Connection(Role.Introducer, Role.FullNode, "node");
        var penalty = Assert.IsType<RoleEffect.Penalise>(Assert.Single(await _role.Handle(node, new PingMessage())));
        Assert.Equal((node, BlameKind.Breach), (penalty.Who, penalty.Blame.Kind));
    }
}
