using System.Text.Json;
using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Grains.Tests.Farmer;

/// <summary>
/// The reference's farmer at work (<c>wire/live.jsonl</c>): ours is told what it was told by its harvester and its full node, and must say
/// what it said. Its private keys and pool target are unknown, so its coinbase signatures and their puzzle hash are taken over, after they
/// were verified.
/// </summary>
public class FarmerReplayTests
{
    private const int HarvesterLink = 1;
    private const int NodeLink = 7;

    private readonly PeerConnection _harvester = TestPeers.Connection(Role.Farmer, Role.Harvester, "harvester");
    private readonly PeerConnection _node = TestPeers.Connection(Role.Farmer, Role.FullNode, "node");
    private readonly List<(string Link, Message Message)> _said = [];
    private readonly List<(string Link, Message Message)> _recorded = [];
    private readonly List<Captured> _capture = [.. Capture()];
    private readonly ProofVerifier _proofs = new();
    private readonly ConsensusConstants _constants = new();

    [Fact]
    public void Our_farmer_says_what_the_reference_said()
    {
        var requests = _capture.Select(c => c.Message).OfType<RequestHeaderHashMessage>().ToDictionary(m => m.ProofOfSpace.Sha256());
        var pools = _capture.Select(c => c.Message).OfType<HarvesterHandshakeMessage>().First().PoolPubkeys;
        var identity = new FarmerIdentity(requests.Values.First().FeesTargetPuzzleHash, pools);
        var state = new FarmerState(new FarmerOptions(), _constants, identity, new ManualTime());
        Note(state.Connected(_harvester));
        Note(state.Connected(_node));
        foreach (var captured in _capture)
        {
            if (captured.IsFromFarmer)
                _recorded.Add((captured.Link, captured.Message));
            else
                Note(Tell(state, captured.Message, requests, pools[0]));
        }

        // The reference repeats its pools whenever anybody connects; once is enough.
        _recorded.Remove(_recorded.Last(r => r.Message is HarvesterHandshakeMessage));
        foreach (var function in _recorded.Select(r => r.Message.Function).Distinct())
            Assert.Equal(Of(_recorded, function), Of(_said, function));
        Assert.Equal(_recorded.Count, _said.Count);
        Assert.Equal(70, state.Status().HeadersSigned);
    }

    private List<RoleEffect> Tell(
        FarmerState state, Message message, Dictionary<Bytes32, RequestHeaderHashMessage> requests, Bytes48 poolKey)
    {
        switch (message)
        {
            case ProofOfTimeRateMessage m:
                state.Rate(_node, m.PotEstimateIps);
                return [];
            case ProofOfSpaceFinalizedMessage m:
                return state.Finalized(_node, m);
            case HeaderHashMessage m:
                return state.HeaderMade(_node, m);
            case ChallengeResponseMessage m:
                return state.Answered(_harvester, m);
            case RespondProofOfSpaceMessage m:
                Assert.Null(state.ProofArrived(_harvester, m, out var proved).Blame);
                return state.ProofVerified(_harvester, proved!, Verify(proved!, m, requests[m.Proof.Sha256()], poolKey));
            case RespondHeaderSignatureMessage m:
                Assert.Null(state.SignatureArrived(_harvester, m, out var signed, out var headers).Blame);
                return state.HeaderSigned(signed!, FindSigned(signed!, headers, m), m.HeaderHashSignature);
            case RespondPartialProofMessage m:
                Assert.Null(state.PartialArrived(_harvester, m, out var shared).Blame);
                Assert.True(Cryptography().IsSigned(shared!.Proof!.Proof.PlotPublicKey, state.PartialMessage, m.FarmerTargetSignature));
                return [];
            default:
                throw new InvalidOperationException($"{message.Function} is not for a farmer");
        }
    }

    private VerifiedProof Verify(
        FarmerQuality quality, RespondProofOfSpaceMessage message, RequestHeaderHashMessage recorded, Bytes48 poolKey)
    {
        Assert.True(_proofs.TryGetQuality(message.Proof, out var actual));
        Assert.Equal(message.Quality, actual);
        Assert.Equal(poolKey, message.Proof.PoolPublicKey);
        var coinbase = new CoinbaseInfo(quality.Challenge.Height + 1, _constants.BlockReward, recorded.Coinbase.PuzzleHash);
        Assert.True(PrependSignature.Verify(poolKey, SignedMessages.OfCoinbase(coinbase), recorded.CoinbaseSignature));
        return new VerifiedProof(message.Proof, message.Proof.Sha256(), coinbase, recorded.CoinbaseSignature);
    }

    private Bytes32 FindSigned(FarmerQuality quality, IReadOnlyList<Bytes32> headers, RespondHeaderSignatureMessage message) =>
        Cryptography().FindSigned(quality.Proof!.Proof.PlotPublicKey, headers, message.HeaderHashSignature)!.Value;

    private FarmerCryptography Cryptography() => new(_proofs, FarmerKeys.Generate(), _constants);

    private void Note(List<RoleEffect> result)
    {
        Assert.Null(result.Blame);
        _said.AddRange(result.Messages.Select(m => (m.To.ConnectionId.ToString(), m.Message)));
    }

    private static List<string> Of(IEnumerable<(string Link, Message Message)> messages, string function) =>
        [.. messages.Where(m => m.Message.Function == function).Select(m => $"{m.Link} {Hex.Encode(MessageRegistry.Encode(m.Message))}")];

    private static IEnumerable<Captured> Capture()
    {
        foreach (var line in File.ReadLines(Vectors.PathOf("wire", "live.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            var link = entry.GetProperty("conn").GetInt32();
            if (link is not (HarvesterLink or NodeLink) || !entry.TryGetProperty("hex", out var hex))
                continue;
            if (entry.GetProperty("f").GetString() is "handshake" or "handshake_ack")
                continue;
            var peer = link == HarvesterLink ? Role.Harvester : Role.FullNode;
            var isFromFarmer = entry.GetProperty("dir").GetString() == "s2c";
            var (from, to) = isFromFarmer ? (Role.Farmer, peer) : (peer, Role.Farmer);
            Assert.Equal(default, MessageRegistry.TryDecode(Convert.FromHexString(hex.GetString()!), from, to, out var message));
            yield return new Captured(link == HarvesterLink ? "harvester" : "node", isFromFarmer, message!);
        }
    }

    private sealed record Captured(string Link, bool IsFromFarmer, Message Message);
}
