using System.Reflection;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>What nobody reads is not kept: each member of a room is used by a room, not by tests alone.</summary>
public sealed class MemberUseTests
{
    /// <summary>Members that the code of no room uses, and why they are there.</summary>
    private static readonly Dictionary<string, string[]> Kept = new()
    {
        ["how full a bounded memory is, which tests hold to its bound"] =
        [
            "Consensus.Validation.VerifiedHeaders.Count", "Gateway.Connections.Entry.InboundPlaces.Count",
            "Gateway.Connections.Frames.LargeFrameBudget.Used", "Gateway.Connections.Queues.OutboundQueue.BytesWritten",
            "Grains.FullNode.BoundedByHeight`2.Count", "Grains.FullNode.DisconnectedBlocks.Count", "Grains.FullNode.EarlyUnfinished.Count",
            "Grains.FullNode.PostponedWork.Count", "Grains.Harvester.QualityMemory.Count", "Grains.Peers.AddressBook.All",
            "Grains.Timelord.ChallengeMemory.Count", "Sync.Machine.SyncMachine.Held", "Sync.Status.SyncStatus.OpenRequests",
        ],
        ["how far a long work has come, which tests look at from outside"] =
        [
            "Consensus.Validation.ValidationTimings.CountOf", "Cryptography.ClassGroups.Evaluation.VdfProgress.PendingProofs",
            "Sync.Machine.SyncMachine.Phase", "Sync.Machine.SyncMachine.TargetHash", "Sync.Status.PeerProgress.Peer",
        ],
        ["which of several kernels tests have before them"] =
        [
            "Cryptography.Bls12381.PairingLanes.Description", "Cryptography.ClassGroups.ClassGroupBackend.Name",
            "Cryptography.ClassGroups.Evaluation.ProverParameters.DigitBits",
            "Cryptography.ClassGroups.Evaluation.ProverParameters.Spacing",
        ],
        ["the other half of what a room does: what tests make or read that it verifies or writes"] =
        [
            "Cryptography.Bls12381.PrependSignature.Aggregate", "Cryptography.ClassGroups.ProofOfTimeVerifier.Verify",
            "Cryptography.Plots.CheckpointTable.Count", "Cryptography.Plots.LinePoint.Encode", "Cryptography.Plots.Park.CopyTo",
            "Cryptography.Plots.Park.ReadDeltas", "Cryptography.Plots.PlotFunctions.K", "Cryptography.Plots.PlotProver.File",
            "Cryptography.Plots.PlotProver.Length", "Cryptography.Plots.PlotProver.Memo", "Cryptography.Plots.PlotSummary.Entries",
            "Storage.InterruptedSync.Target",
        ],
        ["tables that documents, manifests and round trips are compared with"] =
        [
            "Protocol.MessageRegistry.All", "Protocol.Messages.MessageDefinition.FieldNames", "Protocol.Messages.MessageRoute.Receiver",
            "Protocol.Messages.MessageRoute.Sender", "Silo.Hosting.RunningNode.Endpoints",
        ],
        ["queueing theory speaks of them"] = ["Silo.Bench.Scaling.SimulatedLoad.ChainLoad", "Silo.Bench.Scaling.SimulatedLoad.Mean"],
        ["whose an effect is, for whoever follows a trace"] =
        [
            "Protocol.Handshake.HandshakeEffect+Release.Peer", "Sync.Machine.SyncEffect+ApplyBlocks.Target",
            "Sync.Machine.SyncEffect+FindForkPoint.Target", "Sync.Machine.SyncEffect+Finished.Target",
            "Sync.Machine.SyncEffect+ScheduleTick.At", "Sync.Machine.SyncEffect+StoreBlocks.Target",
        ],
        ["parts of a key: compared, never read"] =
        [
            "GrainInterfaces.Peers.InboundRoom.IsLoopback", "Grains.FullNode.UnfinishedKey.ChallengeHash",
            "Grains.FullNode.UnfinishedKey.Iterations", "Grains.Peers.ConnectionTable+Home.Host", "Grains.Peers.ConnectionTable+Home.Port",
        ],
        ["fixed sizes of bytes have the same members"] =
        [
            "Protocol.Primitives.ByteString.FromHex", "Protocol.Primitives.Bytes32.FromHex", "Protocol.Primitives.Bytes48.ToArray",
            "Protocol.Primitives.Bytes96.ToArray",
        ],
        ["held so that it lives, or read by native code"] =
        [
            "Cryptography.ClassGroups.Limbs.FixedInteger._arena", "Cryptography.ClassGroups.Limbs.GmpNative+Mpz.Allocated",
            "Grains.Diagnostics.ChiaMeter.VectorFaultsOf",
        ],
    };

    private static readonly List<string> Unused =
        [.. new MemberUse(NamespaceTests.Rooms.SelectMany(room => Assembly.Load(room.Data).GetTypes())).Unused()];

    [Fact]
    public void Every_member_is_used_by_the_program() =>
        Findings.None(Unused.Select(name => name["Chia.".Length..]).Except(Kept.Values.SelectMany(names => names)));

    [Fact]
    public void What_is_kept_is_there_and_unused() =>
        Findings.None(Kept.Values.SelectMany(names => names).Except(Unused.Select(name => name["Chia.".Length..])));

    [Fact]
    public void A_member_that_only_texts_and_equality_read_is_found() =>
        Assert.Equal(
            ["Unread", "_kept", "Nobody"],
            new MemberUse([typeof(Sample), typeof(Reader)]).Unused().Select(name => name[(name.LastIndexOf('.') + 1)..]));

    private sealed record Sample(int Read, int Unread)
    {
        private readonly int _kept = Read;

        public int Taken(int one) => one == 0 ? Read : Taken(one - 1);
    }

    private static class Reader
    {
        public static int Nobody() => new Sample(1, 2).Read + new Sample(3, 4).Taken(1);
    }
}
