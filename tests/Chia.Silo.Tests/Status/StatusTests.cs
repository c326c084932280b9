using System.Text;
using System.Text.Json;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Silo.Api;
using Chia.Silo.Api.Requests;
using Chia.Silo.Commands.Questions;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Chia.Testing;

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
        PeerConnection[] peers = role.Length == 0 ? [] : [Peer(RoleNames.Parse(role))];
        var facts = Facts(peers, Role.FullNode) with { Sync = Report(sync), WantsPeers = wantsPeers };
        Assert.Equal((expected, (StatusReason?)null), StatusOf.Judge(facts));
    }

    [Fact]
    public void What_is_stalled_has_the_reason_that_is_told() =>
        Assert.Equal(
            (NodeState.Stalled, (StatusReason?)StatusReason.ValidationSlow),
            StatusOf.Judge(Facts([], Role.FullNode) with
            {
                Sync = Report(SyncState.Stalled) with { Reason = StatusReason.ValidationSlow },
            }));

    [Theory]
    [InlineData(StatusReason.NoPlotAnswers, "no_plot_answers")]
    [InlineData(StatusReason.StoreUnwritable, "store_unwritable")]
    [InlineData(StatusReason.PeersDoNotAnswer, "peers_do_not_answer")]
    public void A_reason_is_one_word_for_programs(StatusReason reason, string word)
    {
        var status = StatusOf.Running(Facts([], Role.FullNode)) with { Reason = reason };
        Assert.Equal(word, Json(status).GetProperty("reason").GetString());
        Assert.Equal(
            word,
            JsonDocument.Parse(JsonSerializer.Serialize(Report() with { Reason = reason }, ApiJson.Default.StatusReport)).RootElement
                .GetProperty("reason").GetString());
        Assert.Equal(word, StatusSentence.Word(reason));
    }

    [Fact]
    public void What_is_told_beside_a_reason_stands_behind_the_sentence()
    {
        Assert.EndsWith(" (5 items)", StatusSentence.Of(NodeState.Stalled, StatusReason.ValidationSlow, "5 items"));
        Assert.Equal("validation_slow: 5 items", StatusSentence.Brief(StatusReason.ValidationSlow, "5 items"));
        Assert.Equal("validation_slow", StatusSentence.Brief(StatusReason.ValidationSlow, ""));
    }

    [Fact]
    public void A_node_that_was_told_to_stop_is_stopping() =>
        Assert.Equal(
            NodeState.Stopping,
            StatusOf.Judge(Facts([], Role.FullNode) with { Sync = Report(SyncState.Synced), IsStopping = true }).State);

    [Theory]
    [InlineData(0, 160)]
    [InlineData(31, 129)]
    [InlineData(159, 1)]
    [InlineData(160, 128)]
    [InlineData(287, 1)]
    [InlineData(288, 128)]
    public void The_next_change_of_the_difficulty_is_some_blocks_away(uint height, uint blocks) =>
        Assert.Equal(blocks, StatusReportOf.BlocksToAdjustment(new ConsensusConstants(), height));

    [Fact]
    public void In_the_report_a_role_that_is_not_there_is_absent_and_what_is_not_measured_is_null()
    {
        var facts = Facts([Peer(Role.Farmer)], Role.Harvester) with { Harvester = new HarvesterStatus(1, 6, [], [], 0, 0, 0, 0) };
        var json = JsonDocument.Parse(JsonSerializer.Serialize(StatusReportOf.Node(facts), ApiJson.Default.StatusReport)).RootElement;
        Assert.Equal(["harvester"], json.GetProperty("roles").EnumerateObject().Select(role => role.Name));
        foreach (var absent in new[] { "tip", "lca", "difficulty", "sync", "rates", "orphans", "netspace_bytes" })
            Assert.False(json.TryGetProperty(absent, out _), absent);
        Assert.Equal("""{"blocks_per_second":null}""", JsonSerializer.Serialize(new RateStatus(null), ApiJson.Default.RateStatus));
    }

    [Theory]
    [InlineData("0.1.0", "0.1.0")]
    [InlineData("0.1.0+0123456789abcdef0123456789abcdef01234567", "0.1.0+0123456789ab")]
    public void A_version_has_the_commit(string version, string shown) => Assert.Equal(shown, ProgramVersion.Shorten(version));

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
        var json = Json(StatusOf.Running(Facts([Peer(Role.Farmer)], Role.Timelord)));
        Assert.Equal("idle", json.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reason").ValueKind);
        foreach (var absent in new[] { "height", "weight", "tip", "difficulty", "blocks", "sync", "rates", "farmer" })
            Assert.False(json.TryGetProperty(absent, out _), absent);
        Assert.Equal("no_peers", Json(StatusOf.Running(Facts([], Role.Timelord))).GetProperty("state").GetString());
        Assert.Equal("idle", Json(StatusOf.Running(Facts([], Role.Introducer))).GetProperty("state").GetString());
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        var status = Synced();
        var read = ApiClient.TryParse(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus)), StatusJson.Default.NodeStatus)!;
        Assert.Equal((status.State, status.Height, status.Tips[0]), (read.State, read.Height, read.Tips[0]));
    }

    [Theory]
    [InlineData(null, null, NodeState.Synced, true)]
    [InlineData("synced", null, NodeState.Syncing, false)]
    [InlineData(null, null, NodeState.NoPeers, false)]
    [InlineData(null, null, NodeState.Idle, true)]
    [InlineData("height=7", null, NodeState.Syncing, true)]
    [InlineData("height=8", null, NodeState.Synced, false)]
    [InlineData("height=7", 99u, NodeState.Syncing, false)]
    [InlineData("height=7", 100u, NodeState.Syncing, true)]
    [InlineData(null, 99u, NodeState.Synced, false)]
    [InlineData(null, 100u, NodeState.Synced, true)]
    internal void Health_is_what_was_asked_for(string? wanted, uint? age, NodeState state, bool isHealthy) =>
        Assert.Equal(isHealthy, new Health(wanted, age).Of(Report() with { State = state }, Now));

    [Theory]
    [InlineData("soon")]
    [InlineData("height=")]
    [InlineData("height=-1")]
    public void What_else_is_waited_for_is_refused(string wanted) => Assert.Throws<UserException>(() => new Health(wanted, null));

    private static StatusReport Report() =>
        StatusReportOf.Node(Facts([], Role.FullNode)) with { Tip = new StatusTip(7, "00", 9, 999_900, 100) };

    private static NodeStatus Synced() =>
        new("synced", NodeState.Synced, "synced", "x", true, [new TipStatus(7, "00", 9, 999_900)], []) { Height = 7 };

    private static JsonElement Json(NodeStatus status) =>
        JsonDocument.Parse(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus)).RootElement;

    private static SyncReport Report(SyncState state) => new(state, SyncPhase.Idle, 0, 0, 0, 0, 0, "", 0, null, "");

    private static StatusFacts Facts(PeerConnection[] peers, params Role[] roles) =>
        new("main", TestNetworks.Of("small40"), roles, peers, Now, TimeSpan.FromSeconds(1));

    private static PeerConnection Peer(Role role) =>
        new(ConnectionId.New(), NodeName.Main, Role.FullNode, role, default, default, "127.0.0.1", 1, 1, false, false, "g", TimeSpan.Zero);
}
