using Chia.Cryptography.Plots;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.DeadEnds;
using Chia.Grains.Tests.Support;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.FullNode;

/// <summary>The logic of a full node on the first blocks of small40, with made-up cryptography that counts what it is asked.</summary>
internal sealed class FullNodeScene : IAsyncDisposable
{
    private readonly InMemoryChain _chain;
    private readonly Dictionary<string, Func<object?, object?>> _altered;

    private FullNodeScene(
        InMemoryChain chain, List<string> asked, Dictionary<string, Func<object?, object?>> altered, ClusterFaults faults,
        ScriptedVerifier proofs, ManualTime clock, FullNodeRole role)
    {
        _chain = chain;
        _altered = altered;
        Asked = asked;
        Faults = faults;
        Proofs = proofs;
        Clock = clock;
        FullNode = role;
    }

    public static VectorChain Main { get; } = VectorChain.Load("small40");

    /// <summary>The real quality of every proof of space, everything else is believed.</summary>
    public ScriptedVerifier Proofs { get; }

    public ManualTime Clock { get; }

    public FullNodeRole FullNode { get; }

    public InMemoryChain Chain => _chain;

    /// <summary>What the node has asked its chain, in order.</summary>
    public List<string> Asked { get; }

    /// <summary>What does not answer the node.</summary>
    public ClusterFaults Faults { get; }

    /// <summary>A node that has so many blocks of the chain, genesis included.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="options">Its bounds, if others than usual.</param>
    /// <param name="change">Changes the constants of its network.</param>
    public static async Task<FullNodeScene> Start(
        int blocks, FullNodeOptions? options = null, Func<ConsensusConstants, ConsensusConstants>? change = null)
    {
        var network = TestNetworks.Of("small40");
        if (change is not null)
            network = network with { Constants = change(network.Constants) };
        var clock = new ManualTime();
        var proofs = new ScriptedVerifier { Space = QualityOf };
        var chain = await InMemoryChain.Open(network, proofs, clock);
        var validator = new InlineValidator(network.Constants, proofs);
        List<string> asked = [];
        Dictionary<string, Func<object?, object?>> altered = [];
        var faults = new ClusterFaults();
        var counted = Fake.Of<IBlockchainGrain>((method, arguments) =>
        {
            asked.Add(method.Name);
            var answer = method.Invoke(chain, arguments);
            return altered.TryGetValue(method.Name, out var alter) ? alter(answer) : answer;
        });
        var role = new FullNodeRole(new FullNodeServices(
            faults.Around(counted),
            faults.Around<IValidators>(validator),
            faults.Around(Fake.Deaf<ISyncGrain>()),
            Fake.Deaf<IPeerDirectoryGrain>(),
            network,
            options ?? new FullNodeOptions(),
            clock,
            NullLogger.Instance));
        await role.Begin();
        var scene = new FullNodeScene(chain, asked, altered, faults, proofs, clock, role);
        for (var height = 1; height < blocks; height++)
            await scene.Say(Node("history"), new BlockMessage(Main.Blocks[height]));
        proofs.Forget();
        return scene;
    }

    public static PeerConnection Node(string id = "peer") => TestPeers.Connection(Role.FullNode, Role.FullNode, id);

    public static PeerConnection Worker(Role role, string id = "worker") => TestPeers.Connection(Role.FullNode, role, id);

    public Task<List<RoleEffect>> Say(PeerConnection from, Message message) => FullNode.Handle(from, message);

    /// <summary>From now on the chain answers a question so, whatever it found.</summary>
    public void Alter<T>(string question, Func<T, T> change)
        where T : class
    {
        _altered[question] = answer => Change((Task<T?>)answer!);

        async Task<T?> Change(Task<T?> answer) => await answer is { } found ? change(found) : null;
    }

    /// <summary>The chain takes a block of somebody else, or is to take it and does not say so.</summary>
    public async Task Store(int height, bool isAnswered = true)
    {
        var block = new BlockData(Main.Blocks[height]);
        var validator = new InlineValidator(TestNetworks.Of("small40").Constants, Proofs);
        var verdicts = await validator.CheckBlocks(CheckKind.Full, [block], isUrgent: false, TestContext.Current.CancellationToken);
        var answer = await _chain.Accept([new BlockSubmission(block, verdicts[0])]);
        Assert.Equal(isAnswered, answer.Outcomes is [{ IsStored: true }]);
    }

    /// <summary>The unfinished block of a height.</summary>
    public static FullBlock Unfinished(int height) => Unfinished(Main.Blocks[height]);

    public static FullBlock Unfinished(FullBlock block) =>
        block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = null, Challenge = null } };

    /// <summary>Proofs of time looked at since the start.</summary>
    public int ProofsOfTime => Proofs.Count(ProofQuestion.Time);

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    private static Bytes32? QualityOf(ProofOfSpace proof) =>
        ProofOfSpaceVerifier.TryGetQuality(proof, out var quality) ? quality : null;
}
