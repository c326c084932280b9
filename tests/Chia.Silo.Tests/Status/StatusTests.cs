using System.Text;
using System.Text.Json;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Outcomes;
using Chia.Silo.Api;
using Chia.Silo.Commands;
using Chia.Silo.Status;

namespace Chia.Silo.Tests.Status;

/// <summary>One status, one meaning (OPERATIONS 1).</summary>
public sealed class StatusTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    [Theory]
    [InlineData(SyncState.NoPeers, "", true, NodeState.NoPeers)]
    [InlineData(SyncState.NoPeers, "full_node", true, NodeState.NoPeers)]
    [InlineData(SyncState.NoPeers, "farmer", true, NodeState.Synced)]
    [InlineData(SyncState.NoPeers, "timelord", true, NodeState.Synced)]
    [InlineData(SyncState.NoPeers, "", false, NodeState.Synced)]
    [InlineData(SyncState.Collecting, "", true, NodeState.Collecting)]
    [InlineData(SyncState.Syncing, "full_node", true, NodeState.Syncing)]
    [InlineData(SyncState.Synced, "full_node", true, NodeState.Synced)]
    internal void A_network_of_one_s_own_lacks_no_peers(SyncState sync, string role, bool wantsPeers, NodeState expected)
    {
        PeerStatus[] peers = role.Length == 0 ? [] : [Peer(role)];
        Assert.Equal((expected, (StatusReason?)null), StatusOf.Judge(Report(sync, ""), peers, wantsPeers));
    }

    [Theory]
    [InlineData("WaitingForValidation: 5 items", StatusReason.ValidationSlow)]
    [InlineData("NoPeerServesRange: no peer serves height 7", StatusReason.PeersDoNotAnswer)]
    internal void What_is_stalled_has_a_reason(string told, StatusReason reason) =>
        Assert.Equal((NodeState.Stalled, (StatusReason?)reason), StatusOf.Judge(Report(SyncState.Stalled, told), [], true));

    [Fact]
    public void Every_state_and_reason_has_a_sentence()
    {
        foreach (var state in Enum.GetValues<NodeState>())
            Assert.NotEmpty(StatusSentence.Of(state, null));
        foreach (var reason in Enum.GetValues<StatusReason>())
            Assert.NotEqual("stalled", StatusSentence.Of(NodeState.Stalled, reason));
    }

    [Fact]
    public void Without_a_chain_nothing_is_said_of_one()
    {
        var json = Json(StatusOf.WithoutChain("x", [Peer("farmer")], isIntroducer: false));
        Assert.Equal("idle", json.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reason").ValueKind);
        foreach (var absent in new[] { "height", "weight", "tip", "difficulty", "blocks", "sync", "rates", "farmer" })
            Assert.False(json.TryGetProperty(absent, out _), absent);
        Assert.Equal("no_peers", Json(StatusOf.WithoutChain("x", [], isIntroducer: false)).GetProperty("state").GetString());
        Assert.Equal("idle", Json(StatusOf.WithoutChain("x", [], isIntroducer: true)).GetProperty("state").GetString());
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        var status = Synced();
        var read = RpcClient.Parse(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus)))!;
        Assert.Equal((status.State, status.Height, status.Tips[0]), (read.State, read.Height, read.Tips[0]));
    }

    [Theory]
    [InlineData(null, null, NodeState.Synced, true)]
    [InlineData("synced", null, NodeState.Syncing, false)]
    [InlineData(null, null, NodeState.NoPeers, false)]
    [InlineData(null, null, NodeState.Idle, true)]
    [InlineData("height=7", null, NodeState.Syncing, true)]
    [InlineData("height=8", null, NodeState.Synced, false)]
    [InlineData(null, 99u, NodeState.Synced, false)]
    [InlineData(null, 100u, NodeState.Synced, true)]
    internal void Health_is_what_was_asked_for(string? wanted, uint? age, NodeState state, bool isHealthy) =>
        Assert.Equal(isHealthy, new Health(wanted, age).Of(Synced() with { State = state }, Now));

    [Theory]
    [InlineData("soon")]
    [InlineData("height=")]
    [InlineData("height=-1")]
    public void What_else_is_waited_for_is_refused(string wanted) => Assert.Throws<UserException>(() => new Health(wanted, null));

    private static NodeStatus Synced() => new("synced", NodeState.Synced, "synced", "x", true, [new TipStatus(7, "00", 9, 999_900)], []) { Height = 7 };

    private static JsonElement Json(NodeStatus status) =>
        JsonDocument.Parse(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus)).RootElement;

    private static SyncReport Report(SyncState state, string reason) => new(state, SyncPhase.Idle, 0, 0, 0, 0, 0, "", 0, 0, reason);

    private static PeerStatus Peer(string role) => new(role, "full_node", "127.0.0.1", 1, 1, "00", "inbound", 1);
}
