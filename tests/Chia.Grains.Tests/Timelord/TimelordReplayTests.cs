using System.Text.Json;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Timelord;

/// <summary>
/// The reference's timelord at work (<c>wire/live.jsonl</c>): ours is told what it was told. At the moment at which the reference sent a
/// proof ours must be evaluating that challenge for that count, and the frame that it sends must be the recorded one.
/// </summary>
public class TimelordReplayTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void Our_timelord_proves_what_the_reference_proved(ulong headStart)
    {
        // Enough for three tips of one weight, which the reference evaluated at once, and for what is left of their parents.
        var timelord = new ScriptedTimelord(slots: 4, o => o.HeadStartIterations = headStart);
        var proofs = 0;
        foreach (var (message, payload) in Capture())
        {
            timelord.EndAll();
            switch (message)
            {
                case ChallengeStartMessage m:
                    timelord.Announce(m.ChallengeHash, m.Weight);
                    break;
                case ProofOfSpaceInfoMessage m:
                    Assert.Null(timelord.Need(m.ChallengeHash, m.IterationsNeeded));
                    break;
                case ProofOfTimeFinishedMessage m:
                    Assert.Contains((m.Proof.ChallengeHash, m.Proof.NumberOfIterations), timelord.AllTold());
                    timelord.Prove(m.Proof);
                    Assert.Equal(payload, Payload(timelord.Sent[^1]));
                    proofs++;
                    break;
                default:
                    throw new InvalidOperationException($"{message.Function} is not between timelord and full node");
            }
        }

        Assert.Equal((14, 14), (proofs, timelord.Sent.Count));
        Assert.Equal(25_000UL, timelord.Status().SettledWeight);
    }

    private static byte[] Payload(ProofOfTime proof) =>
        OutboundMessage.Of(Role.FullNode, new ProofOfTimeFinishedMessage(proof)).Frame[sizeof(uint)..];

    private static IEnumerable<(Message Message, byte[] Payload)> Capture()
    {
        foreach (var line in File.ReadLines(Vectors.PathOf("wire", "live.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (!entry.TryGetProperty("hex", out var hex))
                continue;
            var isFromTimelord = entry.GetProperty("f").GetString() == ProofOfTimeFinishedMessage.Name;
            if (!isFromTimelord && entry.GetProperty("f").GetString() is not (ChallengeStartMessage.Name or ProofOfSpaceInfoMessage.Name))
                continue;
            var (from, to) = isFromTimelord ? (Role.Timelord, Role.FullNode) : (Role.FullNode, Role.Timelord);
            var payload = Convert.FromHexString(hex.GetString()!);
            Assert.Equal(default, MessageRegistry.TryDecode(payload, from, to, out var message));
            yield return (message!, payload);
        }
    }
}
