using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Grains.Timelord;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.Timelord;

/// <summary>The timelord's messages in and effects out (ROLES.md 5), its evaluations played by the test.</summary>
public sealed class TimelordRoleTests : IEvaluations
{
    private static readonly PeerConnection Node = TestPeers.Connection(Role.Timelord, Role.FullNode, "node");
    private static readonly Bytes32 Challenge = ScriptedTimelord.Challenge(7);

    private readonly List<EvaluationOrder> _orders = [];
    private readonly TimelordRole _role;

    public TimelordRoleTests()
    {
        var scheduler =
            new TimelordScheduler(new TimelordOptions { Slots = 1, HeadStartIterations = 0 }, new ConsensusConstants(), new ManualTime());
        _role = new TimelordRole(scheduler, this, PeerAccess.Configured, NullLogger.Instance);
    }

    IEnumerable<EvaluationProgress> IEvaluations.Progress => [];

    void IEvaluations.CarryOut(IReadOnlyList<EvaluationOrder> orders) => _orders.AddRange(orders);

    [Fact]
    public async Task Who_is_not_let_in_is_hung_up_on()
    {
        var stranger = Node with { RemoteHost = "203.0.113.1" };
        Assert.Equal(new RoleEffect.Close(stranger), Assert.Single(await _role.Connected(stranger)));
        Assert.Equal(new RoleEffect.Close(stranger), Assert.Single(await _role.Handle(stranger, new ChallengeStartMessage(Challenge, 1))));
        Assert.Empty(_orders);
    }

    [Fact]
    public async Task A_full_node_that_told_its_challenges_to_another_activation_starts_over()
    {
        var old = Node with { Age = TimeSpan.FromHours(1) };
        Assert.Equal([new RoleEffect.Close(old)], await _role.Connected(old));
        Assert.Equal(0, _role.Status().FullNodes);
        await _role.Connected(Node);
        await _role.Handle(Node, new ChallengeStartMessage(Challenge, 10));
        Assert.Empty(await _role.Connected(old));

        // It says nothing twice: what it has announced is known still.
        await _role.Handle(Node, new ProofOfSpaceInfoMessage(Challenge, 4000));
        Assert.Single(_orders.OfType<EvaluationOrder.Prove>());
    }

    [Fact]
    public async Task A_wanted_proof_goes_to_all_full_nodes_and_again_to_whoever_asks_again()
    {
        Assert.Empty(await _role.Connected(Node));
        Assert.Empty(await _role.Handle(Node, new ChallengeStartMessage(Challenge, 10)));
        Assert.Empty(await _role.Handle(Node, new ProofOfSpaceInfoMessage(Challenge, 4000)));
        var start = Assert.Single(_orders.OfType<EvaluationOrder.Start>());
        Assert.Equal(4000UL, Assert.Single(_orders.OfType<EvaluationOrder.Prove>()).Iterations);

        var proof = ScriptedTimelord.Proof(Challenge, 4000);
        var told = Assert.IsType<RoleEffect.Broadcast>(Assert.Single(_role.Proved(Where(start), proof)));
        Assert.Equal((Role.FullNode, null), (told.To, told.Except));
        Assert.Equal(proof, Assert.IsType<ProofOfTimeFinishedMessage>(told.Message).Proof);

        var again = Assert.Single((await _role.Handle(Node, new ProofOfSpaceInfoMessage(Challenge, 4000))).Messages);
        Assert.Equal((Node, proof), (again.To, Assert.IsType<ProofOfTimeFinishedMessage>(again.Message).Proof));
        Assert.Equal((1, 1L), (_role.Status().FullNodes, _role.Status().ProofsMade));
    }

    [Fact]
    public async Task A_proof_of_an_evaluation_that_has_ended_is_not_sent_and_its_count_is_proven_anew()
    {
        await _role.Connected(Node);
        await _role.Handle(Node, new ChallengeStartMessage(Challenge, 10));
        await _role.Handle(Node, new ProofOfSpaceInfoMessage(Challenge, 4000));
        var start = Assert.Single(_orders.OfType<EvaluationOrder.Start>());
        _role.Ended(Where(start), new InvalidOperationException("a bit flipped"));
        Assert.Equal(2, _orders.OfType<EvaluationOrder.Start>().Count());
        Assert.Empty(_role.Proved(Where(start), ScriptedTimelord.Proof(Challenge, 4000)));
        Assert.Equal(1, _role.Status().Failures);
    }

    [Fact]
    public async Task Nonsense_is_blamed()
    {
        await _role.Connected(Node);
        Assert.Equal(BlameKind.Breach, (await _role.Handle(Node, new PingMessage())).Blame!.Kind);
        Assert.Empty(await _role.Tick());
        Assert.Empty(await _role.Disconnected(Node));
        Assert.Equal(0, _role.Status().FullNodes);
    }

    private static EvaluationProgress Where(EvaluationOrder.Start start) => new(start.Evaluation, start.Challenge, 4000, 1000);
}
