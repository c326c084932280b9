using System.Threading.Channels;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Tests.Support;
using Chia.Grains.Timelord;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Grains.Tests.Timelord;

/// <summary>The grain in a silo, with real evaluations of short discriminants: what full nodes get from it.</summary>
public sealed class TimelordGrainTests : IAsyncLifetime
{
    private const int Bits = 256;

    private readonly Channel<BroadcastItem> _broadcasts = Channel.CreateUnbounded<BroadcastItem>();
    private readonly PeerConnection _node = TestPeers.Connection(Role.Timelord, Role.FullNode, "node");
    private readonly Bytes32 _challenge = ScriptedTimelord.Challenge(7);
    private readonly TestLog _log = new();
    private RoleHost _host = null!;

    private ITimelordGrain Timelord => _host.Client.GetGrain<ITimelordGrain>(NodeKey.Of(NodeName.Main));

    public async ValueTask InitializeAsync()
    {
        var network = TestNetworks.Of("real300");
        _host = await RoleHost.Start(
            TimeProvider.System,
            services =>
            {
                services.AddSingleton(network with { Constants = network.Constants with { DiscriminantSizeBits = Bits } });
                services.Configure<TimelordOptions>(options => options.Slots = 1);
            },
            log: _log);
        var key = NodeKey.OfBroadcast(NodeName.Main, Role.Timelord, Role.FullNode);
        await _host.Client.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, key))
            .SubscribeAsync(async (item, _) => await _broadcasts.Writer.WriteAsync(item));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Full_nodes_get_a_valid_proof_for_every_count_they_need()
    {
        await Timelord.Connected(_node);
        Assert.Empty((await Say(new ProofOfSpaceInfoMessage(_challenge, 4000))).Answers);
        Assert.Empty((await Say(new ChallengeStartMessage(_challenge, 10))).Answers);
        var first = await NextProof();
        Assert.Equal(4000UL, first.NumberOfIterations);

        // One that is already behind, and one ahead.
        await Say(new ProofOfSpaceInfoMessage(_challenge, 1500));
        Assert.Equal(1500UL, (await NextProof()).NumberOfIterations);
        await Say(new ProofOfSpaceInfoMessage(_challenge, 6000));
        Assert.Equal(6000UL, (await NextProof()).NumberOfIterations);
        var status = await Timelord.GetStatus();
        Assert.Equal((1, 3L, 0L, 10UL), (status.FullNodes, status.ProofsMade, status.Failures, status.SettledWeight));
        Assert.True(status.IterationsPerSecond > 0);

        // Who asks once more gets the proof for itself.
        var again = Assert.Single((await Say(new ProofOfSpaceInfoMessage(_challenge, 4000))).Answers);
        Assert.Equal(first, Decode(again));
    }

    [Fact]
    public async Task A_heavier_challenge_is_proved_first_and_the_lighter_one_still_gets_its_turn()
    {
        await Timelord.Connected(_node);
        await Say(new ChallengeStartMessage(_challenge, 10));
        await Say(new ProofOfSpaceInfoMessage(_challenge, VdfEvaluator.MaximumIterations));
        var heavier = ScriptedTimelord.Challenge(8);
        await Say(new ChallengeStartMessage(heavier, 11));
        await Say(new ProofOfSpaceInfoMessage(_challenge, 2000));
        await Say(new ProofOfSpaceInfoMessage(heavier, 3000));
        var proofs = new List<ProofOfTime>();
        while (proofs.All(p => p.ChallengeHash != heavier))
            proofs.Add(await NextProof());
        await Say(new ProofOfSpaceInfoMessage(_challenge, 1000));
        while (proofs.Count < 3)
            proofs.Add(await NextProof());
        var status = await Timelord.GetStatus();
        Assert.Equal([heavier.ToString(), _challenge.ToString()], status.Challenges.Select(c => c.Challenge));
        Assert.Equal(TimelordChallengeState.Running, status.Challenges[1].State);
        Assert.Equal([VdfEvaluator.MaximumIterations], status.Challenges[1].Targets);
    }

    [Fact]
    public async Task A_challenge_is_squared_before_anything_is_needed()
    {
        await Timelord.Connected(_node);
        await Say(new ChallengeStartMessage(_challenge, 10));
        TimelordChallengeStatus status;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            status = Assert.Single((await Timelord.GetStatus()).Challenges);
            Assert.Equal(TimelordChallengeState.Ahead, status.State);
        }
        while (status.Iterations < 5000);

        await Say(new ProofOfSpaceInfoMessage(_challenge, 4000));
        Assert.Equal(4000UL, (await NextProof()).NumberOfIterations);
        Assert.Equal(TimelordChallengeState.Idle, Assert.Single((await Timelord.GetStatus()).Challenges).State);
    }

    [Fact]
    public async Task Stopping_ends_what_is_computed()
    {
        await Timelord.Connected(_node);
        await Say(new ChallengeStartMessage(_challenge, 10));
        await Say(new ProofOfSpaceInfoMessage(_challenge, VdfEvaluator.MaximumIterations));
        await Say(new ProofOfSpaceInfoMessage(_challenge, 500));
        await NextProof();
        await _host.Stop();

        // Orleans complains of a grain that does not come to its end; on a busy machine also of much else.
        Assert.DoesNotContain(_log.Complaints, c => c.Contains("deactivat", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_is_not_known_starts_over_and_who_says_nonsense_is_blamed()
    {
        Assert.True((await Say(new ChallengeStartMessage(_challenge, 10))).IsClosed);
        await Timelord.Connected(_node);
        Assert.NotNull((await Say(new ProofOfSpaceArrivedMessage(20, _challenge))).Blame);
        await Timelord.Disconnected(_node);
        Assert.Equal(0, (await Timelord.GetStatus()).FullNodes);
    }

    private Task<HandlerResult> Say(Message message) =>
        Timelord.Handle(_node, new PeerMessage(MessageRegistry.Encode(message)[sizeof(uint)..], Role.FullNode, Role.Timelord, message));

    private async Task<ProofOfTime> NextProof()
    {
        var item = await _broadcasts.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((Role.FullNode, ProofOfTimeFinishedMessage.Name), (item.To, item.Function));
        Assert.Null(item.ExceptConnection);
        var proof = Decode(item.Frame);
        Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, Bits));
        return proof;
    }

    private static ProofOfTime Decode(byte[] frame)
    {
        Assert.Equal(default, MessageRegistry.TryDecode(frame.AsMemory(sizeof(uint)), Role.Timelord, Role.FullNode, out var message));
        return Assert.IsType<ProofOfTimeFinishedMessage>(message).Proof;
    }
}
