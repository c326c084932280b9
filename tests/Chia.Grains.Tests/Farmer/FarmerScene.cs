using System.Security.Cryptography;
using Chia.Consensus.Rules;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.Farmer;

/// <summary>A farmer with peers, and made-up challenges and qualities whose iterations are known.</summary>
internal sealed class FarmerScene
{
    public const ulong Ips = 1000;
    public const byte Size = 20;

    public FarmerScene(FarmerOptions? options = null)
    {
        Options = options ?? new FarmerOptions();
        State = new FarmerState(Options, Constants, Identity, Clock);
    }

    public static ConsensusConstants Constants { get; } = new();

    /// <summary>Two pools, as the key tool makes them.</summary>
    public static FarmerKeys Keys { get; } = FarmerKeys.Generate();

    public static FarmerIdentity Identity { get; } = new(Keys.FarmerTarget, Keys.PoolPublicKeys);

    public FarmerOptions Options { get; }

    public ManualTime Clock { get; } = new();

    public FarmerState State { get; }

    public PeerConnection Harvester(string id = "harvester")
    {
        var peer = TestPeers.Connection(Role.Farmer, Role.Harvester, id);
        State.Connected(peer);
        return peer;
    }

    public PeerConnection Node(string id = "node", ulong ips = Ips)
    {
        var peer = TestPeers.Connection(Role.Farmer, Role.FullNode, id);
        State.Connected(peer);
        State.Rate(peer, ips);
        return peer;
    }

    public static Bytes32 Hash(string text) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    public static ProofOfSpaceFinalizedMessage Challenge(string name, uint height, ulong weight, ulong difficulty = 1) =>
        new(Hash(name), height, weight, Hash("quality of " + name), difficulty);

    /// <summary>The quality of a run of made-up ones that asks for the n-th fewest iterations.</summary>
    public static Bytes32 Quality(int rank, string run = "quality") =>
        Enumerable.Range(0, 20).Select(i => Hash($"{run} {i}")).OrderByDescending(q => q).ElementAt(rank);

    public static ulong IterationsOf(Bytes32 quality, ulong difficulty, ulong ips = Ips)
    {
        Assert.Equal(
            IterationsError.None, Iterations.TryCompute(quality, Size, difficulty, ips, Constants.MinBlockTime, out var iterations));
        return iterations;
    }

    public static ProofOfSpace Proof(Bytes32 challenge, Bytes32 quality, int pool = 0) =>
        new(challenge, Keys.PoolPublicKeys[pool], PlotKey.PublicKey, Size, ByteString.Copy(quality.Span));

    public static PrivateKey PlotKey { get; } = PrivateKey.FromSeed("plot"u8);

    public List<RoleEffect> Answer(PeerConnection harvester, string challenge, Bytes32 quality) =>
        State.Answered(harvester, new ChallengeResponseMessage(Hash(challenge), quality, Size));

    /// <summary>From the answer to the verified proof.</summary>
    public List<RoleEffect> Prove(PeerConnection harvester, string challenge, Bytes32 quality)
    {
        Assert.IsType<RequestProofOfSpaceMessage>(Assert.Single(Answer(harvester, challenge, quality).Messages).Message);
        return Deliver(harvester, challenge, quality);
    }

    public List<RoleEffect> Deliver(PeerConnection harvester, string challenge, Bytes32 quality)
    {
        var proof = Proof(Hash(challenge), quality);
        Assert.Null(State.ProofArrived(harvester, new RespondProofOfSpaceMessage(quality, proof), out var found).Blame);
        var coinbase = new CoinbaseInfo(found!.Challenge.Height + 1, Constants.BlockReward, Keys.PoolTarget);
        return State.ProofVerified(harvester, found, new VerifiedProof(proof, proof.Sha256(), coinbase, default));
    }

    public List<RoleEffect> MakeHeader(PeerConnection node, string challenge, Bytes32 quality, string header) =>
        State.HeaderMade(node, new HeaderHashMessage(Proof(Hash(challenge), quality).Sha256(), Hash(header)));

    public List<RoleEffect> Sign(PeerConnection harvester, Bytes32 quality, string header)
    {
        State.SignatureArrived(harvester, new RespondHeaderSignatureMessage(quality, default), out var found, out var headers);
        Assert.Contains(Hash(header), headers);
        return State.HeaderSigned(found!, Hash(header), default);
    }

    /// <summary>Who is told what.</summary>
    public static List<(string To, Message Message)> Sent(List<RoleEffect> result) =>
        [.. result.Messages.Select(m => (m.To.ConnectionId.ToString(), m.Message))];

    public static List<(string To, T Message)> Sent<T>(List<RoleEffect> result)
        where T : Message =>
        [.. result.Messages.Where(m => m.Message is T).Select(m => (m.To.ConnectionId.ToString(), (T)m.Message))];
}
