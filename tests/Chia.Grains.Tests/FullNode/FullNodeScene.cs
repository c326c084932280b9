using System.Reflection;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.DeadEnds;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A full node's mind on the first blocks of small40, with made-up cryptography that counts what it is asked.</summary>
internal sealed class FullNodeScene : IAsyncDisposable
{
    private readonly InMemoryChain _chain;

    private FullNodeScene(InMemoryChain chain, List<string> asked, CountingProofs proofs, TestClock clock, FullNodeRole role)
    {
        _chain = chain;
        Asked = asked;
        Proofs = proofs;
        Clock = clock;
        FullNode = role;
    }

    public static VectorChain Main { get; } = VectorChain.Load("small40");

    public CountingProofs Proofs { get; }

    public TestClock Clock { get; }

    public FullNodeRole FullNode { get; }

    public InMemoryChain Chain => _chain;

    /// <summary>What the node has asked its chain, in order.</summary>
    public List<string> Asked { get; }

    /// <summary>A node that has so many blocks of the chain, genesis included.</summary>
    public static async Task<FullNodeScene> Start(int blocks, FullNodeOptions? options = null)
    {
        var network = TestNetworks.Of("small40");
        var clock = new TestClock();
        var proofs = new CountingProofs();
        var chain = await InMemoryChain.Open(network, proofs, clock);
        var validator = new InlineValidator(network.Constants, proofs);
        var (counted, asked) = CountingChain.Around(chain);
        var role = new FullNodeRole(new FullNodeServices(
            counted,
            validator,
            DeafGrain.Of<ISyncGrain>(),
            DeafGrain.Of<IPeerDirectoryGrain>(),
            network,
            options ?? new FullNodeOptions(),
            clock,
            NullLogger.Instance));
        await role.Begin();
        var scene = new FullNodeScene(chain, asked, proofs, clock, role);
        for (var height = 1; height < blocks; height++)
            await scene.Say(Node("history"), new BlockMessage(Main.Blocks[height]));
        proofs.ProofsOfTime = 0;
        return scene;
    }

    public static PeerConnection Node(string id = "peer") => TestPeers.Connection(Role.FullNode, Role.FullNode, id);

    public static PeerConnection Worker(Role role, string id = "worker") => TestPeers.Connection(Role.FullNode, role, id);

    public Task<List<RoleEffect>> Say(PeerConnection from, Message message) => FullNode.Handle(from, message);

    /// <summary>The unfinished block of a height.</summary>
    public static FullBlock Unfinished(int height) =>
        Main.Blocks[height] with { HeaderBlock = Main.Blocks[height].HeaderBlock with { ProofOfTime = null, Challenge = null } };

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    /// <summary>The real quality of every proof of space, everything else is believed.</summary>
    internal sealed class CountingProofs : Chia.Consensus.Validation.IProofVerifier
    {
        /// <summary>Proofs of time looked at.</summary>
        public int ProofsOfTime { get; set; }

        /// <summary>What is wrong with every proof of time; null for nothing.</summary>
        public string? Fault { get; set; }

        /// <summary>Whether signatures verify.</summary>
        public bool AreSignaturesGood { get; set; } = true;

        public bool IsPublicKey(Bytes48 publicKey) => true;

        public bool IsPrependSignature(Bytes96 signature) => true;

        public bool IsPlainSignature(Bytes96 signature) => true;

        public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => AreSignaturesGood;

        public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) =>
            Chia.Cryptography.Plots.ProofOfSpaceVerifier.TryGetQuality(proof, out quality);

        public string? FindFault(ProofOfTime proof, int discriminantBits)
        {
            ProofsOfTime++;
            return Fault;
        }
    }
}

/// <summary>A chain that notes what it is asked.</summary>
internal class CountingChain : DispatchProxy
{
    private IBlockchainGrain _chain = null!;

    /// <summary>Names of the questions, in order.</summary>
    public List<string> Asked { get; } = [];

    public static (IBlockchainGrain Chain, List<string> Asked) Around(IBlockchainGrain chain)
    {
        var counting = Create<IBlockchainGrain, CountingChain>();
        ((CountingChain)(object)counting)._chain = chain;
        return (counting, ((CountingChain)(object)counting).Asked);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Asked.Add(targetMethod!.Name);
        return targetMethod.Invoke(_chain, args);
    }
}
