using System.Security.Cryptography;
using Chia.Cryptography.ClassGroups;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Functional.Tests.Hostile;

/// <summary>A timelord as a process: whoever says to be a full node, with however heavy challenges, does not take it away from the full
/// node it serves.</summary>
public sealed class TimelordAttackTests : IDisposable
{
    private const int Attackers = 10, ChallengesEach = 15;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Heavier_challenges_of_strangers_do_not_displace_those_of_the_configured_full_node()
    {
        var chain = ChainVectors.Fast;
        await using var served = new TestListener(new PeerScript());
        await using var timelord = ChiaProcess.Start(
            "start", "timelord", "--network", chain.NetworkFile, "--root", _folder.Sub("timelord"), "--host", "127.0.0.1", "--port", "0",
            "--set", $"timelord.full_node_peer=127.0.0.1:{served.Port}", "--set", "timelord.slots=2");
        var port = int.Parse((await timelord.WaitUntilReady()).Split("port=")[1].Split(' ')[0], null);
        var node = await served.Accepted();

        var attackers = new List<TestPeer>();
        for (var i = 0; i < Attackers; i++)
        {
            var attacker = await TestPeer.Dial(port);
            attackers.Add(attacker);
            for (var n = 0; n < ChallengesEach; n++)
            {
                var hash = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size));
                await attacker.Send(new ChallengeStartMessage(hash, ulong.MaxValue - (ulong)(i * 1000) - (ulong)n));
                await attacker.Send(new ProofOfSpaceInfoMessage(hash, 1UL << 40));
            }
        }

        foreach (var attacker in attackers)
            await attacker.Settle();
        var challenge = chain.Main[^1].HeaderBlock.Challenge!;
        for (var round = 0; round < 3; round++)
        {
            var hash = round == 0 ? challenge.ProofOfSpaceHash : new Bytes32(SHA256.HashData([(byte)round]));
            await node.Send(new ChallengeStartMessage(hash, 10 + (ulong)round));
            await node.Send(new ProofOfSpaceInfoMessage(hash, 2000));
            var proof = (await node.Expect<ProofOfTimeFinishedMessage>(m => m.Proof.ChallengeHash == hash)).Proof;
            Assert.Equal(2000UL, proof.NumberOfIterations);
            Assert.Equal(ProofOfTimeVerdict.Valid, ProofOfTimeVerifier.Verify(proof, chain.Network.Constants.DiscriminantSizeBits));
        }

        foreach (var attacker in attackers)
            await attacker.DisposeAsync();
    }
}
