using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Grains.Tests.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.Harvester;

/// <summary>What a harvester answers, and to whom (ROLES.md 4).</summary>
public sealed class HarvesterRoleTests : IDisposable
{
    private static readonly Bytes32 Challenge = FarmerScene.Hash("challenge");
    private static readonly PrivateKey Pool = PrivateKey.FromSeed("pool"u8);

    private readonly FakePlots _plots = new();
    private readonly List<PlotEntry> _listed = [];
    private readonly HarvesterThreads _threads = new(1);
    private readonly ManualTime _time = new();
    private readonly PeerConnection _farmer = TestPeers.Connection(Role.Harvester, Role.Farmer, "farmer");
    private readonly HarvesterRole _role;
    private bool _isUnreadable;

    public HarvesterRoleTests() =>
        _role = new HarvesterRole(new PlotList(this), _plots, new HarvesterOptions(), _threads, _time, NullLogger.Instance);

    public void Dispose()
    {
        _role.Dispose();
        _threads.Dispose();
    }

    [Fact]
    public async Task A_stranger_from_elsewhere_is_closed_and_not_blamed()
    {
        var stranger = _farmer with { RemoteHost = "203.0.113.7" };
        Assert.Equal([new RoleEffect.Close(stranger)], await _role.Connected(stranger));
        Assert.Equal([new RoleEffect.Close(stranger)], await _role.Handle(stranger, new NewChallengeMessage(Challenge)));
        Assert.Equal(0, _role.Status().Farmers);
    }

    /// <summary>The grain may have moved since the handshake: who is not known starts over.</summary>
    [Fact]
    public async Task A_farmer_that_is_not_known_is_closed()
    {
        await _role.Connected(_farmer);
        await _role.Disconnected(_farmer);
        Assert.Equal([new RoleEffect.Close(_farmer)], await _role.Handle(_farmer, new NewChallengeMessage(Challenge)));
    }

    /// <summary>Its gateway kept the connection while the silo died: without a handshake no plot would ever be opened again.</summary>
    [Fact]
    public async Task A_farmer_whose_handshake_went_to_another_activation_starts_over()
    {
        var old = _farmer with { Age = TimeSpan.FromHours(1) };
        Assert.Equal([new RoleEffect.Close(old)], await _role.Connected(old));
        Assert.Equal(0, _role.Status().Farmers);
        await _role.Connected(_farmer);
        Assert.Empty(await _role.Connected(old));
    }

    [Fact]
    public async Task What_no_farmer_says_is_a_breach()
    {
        await _role.Connected(_farmer);
        Assert.Equal(BlameKind.Breach, (await _role.Handle(_farmer, new PingMessage())).Blame?.Kind);
    }

    [Fact]
    public async Task Before_a_farmer_has_told_its_pools_no_plot_is_opened()
    {
        List("a");
        await _role.Connected(_farmer);
        Assert.Empty(await _role.Tick());
        Assert.Empty(await _role.Handle(_farmer, new NewChallengeMessage(Challenge)));
        Assert.Empty(_plots.Opened);
    }

    [Fact]
    public async Task Plots_of_the_farmer_s_pools_answer_a_challenge_each_on_its_own()
    {
        List("a");
        List("b");
        List("foreign", PrivateKey.FromSeed("another pool"u8));
        await Meet();

        var lookUps = await _role.Handle(_farmer, new NewChallengeMessage(Challenge));
        Assert.Equal(2, lookUps.Count);
        foreach (var lookUp in lookUps.Cast<RoleEffect.Start>())
        {
            var answer = Assert.IsType<ChallengeResponseMessage>(Assert.Single(await Run(lookUp)).Message);
            Assert.Equal((Challenge, Challenge, (byte)20), (answer.ChallengeHash, answer.Quality, answer.PlotSize));
        }

        Assert.Equal((1L, 2L), (_role.Status().Challenges, _role.Status().Qualities));
        Assert.DoesNotContain(_plots.Opened.Keys, path => path.Contains("foreign", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plot_that_cannot_be_read_costs_the_others_nothing()
    {
        List("a");
        List("bad");
        await Meet();
        _plots.FailingReads["/plots/bad"] = 10;
        var answers = new List<RoleEffect.Send>();
        foreach (var lookUp in (await _role.Handle(_farmer, new NewChallengeMessage(Challenge))).Cast<RoleEffect.Start>())
            answers.AddRange(await Run(lookUp));
        Assert.Single(answers);
        Assert.Contains(_role.Plots(), plot => plot.Name == "bad" && plot.Fault is not null);
        Assert.Contains(_role.Plots(), plot => plot.Name == "a" && plot.Fault is null);
    }

    [Fact]
    public async Task A_quality_that_was_told_is_proven_and_signed_for()
    {
        var entry = List("a");
        await Meet();
        await LookUp();

        var proof = await Answer<RespondProofOfSpaceMessage>(new RequestProofOfSpaceMessage(Challenge));
        Assert.Equal(Challenge, proof.Quality);
        Assert.Equal(
            (Challenge, Pool.PublicKey, entry.PlotKey.PublicKey),
            (proof.Proof.ChallengeHash, proof.Proof.PoolPublicKey, proof.Proof.PlotPublicKey));

        var header = FarmerScene.Hash("header");
        var signed = await Answer<RespondHeaderSignatureMessage>(new RequestHeaderSignatureMessage(Challenge, header));
        Assert.True(PrependSignature.Verify(entry.PlotKey.PublicKey, Hash(header), signed.HeaderHashSignature));

        var target = FarmerScene.Hash("target");
        var share = await Answer<RespondPartialProofMessage>(new RequestPartialProofMessage(Challenge, target));
        Assert.True(PrependSignature.Verify(entry.PlotKey.PublicKey, Hash(target), share.FarmerTargetSignature));
        Assert.Equal((1L, 2L), (_role.Status().Proofs, _role.Status().Signatures));
    }

    /// <summary>Farmers of the reference ask every harvester (ROLES.md 4).</summary>
    [Fact]
    public async Task Unknown_qualities_meet_silence()
    {
        List("a");
        await Meet();
        var unknown = FarmerScene.Hash("unknown");
        Assert.Empty(await _role.Handle(_farmer, new RequestProofOfSpaceMessage(unknown)));
        Assert.Empty(await _role.Handle(_farmer, new RequestHeaderSignatureMessage(unknown, unknown)));
        Assert.Empty(await _role.Handle(_farmer, new RequestPartialProofMessage(unknown, unknown)));
    }

    [Fact]
    public async Task A_proof_that_cannot_be_read_is_not_answered()
    {
        List("a");
        await Meet();
        await LookUp();
        _plots.FailingReads["/plots/a"] = 10;
        Assert.Empty(await _role.Handle(_farmer, new RequestProofOfSpaceMessage(Challenge)));
        Assert.Equal(0, _role.Status().Proofs);
    }

    [Fact]
    public async Task Plots_that_are_listed_later_are_seen_without_another_handshake()
    {
        await Meet();
        List("new");
        await _role.Tick();
        Assert.Single(await LookUp());
        Assert.Equal(1, _role.Status().Plots);
    }

    /// <summary>OPERATIONS 2: a change that comes right behind a look is seen by the next. And what a farmer may still ask for is
    /// known.</summary>
    [Fact]
    public void Changes_are_seen_within_thirty_seconds_and_qualities_outlast_their_challenges()
    {
        var options = new HarvesterOptions();
        Assert.InRange(2 * options.RescanInterval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.True(options.QualityAge > new FarmerOptions().ChallengeAge);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_leaves_the_plots_that_are_open()
    {
        List("a");
        await Meet();
        _isUnreadable = true;
        await _role.Tick();
        await Meet();
        Assert.Single(await LookUp());
    }

    private PlotEntry List(string name, PrivateKey? pool = null)
    {
        var key = PrivateKey.FromSeed(System.Text.Encoding.UTF8.GetBytes($"plot {name}"));
        var entry = new PlotEntry(name, $"/plots/{name}", (pool ?? Pool).PublicKey, key);
        _plots.Ids[entry.Path] = entry.PlotId();
        _listed.Add(entry);
        return entry;
    }

    private async Task Meet()
    {
        Assert.Empty(await _role.Connected(_farmer));
        Assert.Empty(await _role.Handle(_farmer, new HarvesterHandshakeMessage([Pool.PublicKey])));
    }

    private async Task<List<RoleEffect.Send>> LookUp()
    {
        var answers = new List<RoleEffect.Send>();
        foreach (var lookUp in (await _role.Handle(_farmer, new NewChallengeMessage(Challenge))).Cast<RoleEffect.Start>())
            answers.AddRange(await Run(lookUp));
        return answers;
    }

    private async Task<T> Answer<T>(Message request)
        where T : Message
    {
        var send = Assert.IsType<RoleEffect.Send>(Assert.Single(await _role.Handle(_farmer, request)));
        Assert.Equal(_farmer, send.To);
        return Assert.IsType<T>(send.Message);
    }

    private static async Task<IEnumerable<RoleEffect.Send>> Run(RoleEffect.Start lookUp) => (await lookUp.Work()).Cast<RoleEffect.Send>();

    private static Bytes32 Hash(Bytes32 value) => new(SHA256.HashData(value.Span));

    private sealed class PlotList(HarvesterRoleTests test) : IPlotSource
    {
        public IReadOnlyList<PlotEntry> Read() =>
            test._isUnreadable ? throw new IOException("plots.yaml cannot be read") : [.. test._listed];
    }
}
