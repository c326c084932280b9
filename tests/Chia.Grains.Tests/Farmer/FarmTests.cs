using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Cryptography.Plots;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Chia.Grains.Tests.Farmer;

/// <summary>A farmer and two harvesters with real plots, as grains; the test plays two full nodes.</summary>
public sealed class FarmTests : IAsyncLifetime
{
    private const ushort NoPort = 0;

    private readonly TempFolder _folder = new();
    private readonly FarmerKeys _keys = MakeKeys();
    private readonly List<RoleHost> _hosts = [];
    private PlotEntry _small = null!;
    private RoleHost _farmer = null!;

    public async ValueTask InitializeAsync()
    {
        var plotKey = PrivateKey.FromSeed("small plot"u8);
        var id = PlotEntry.IdOf(_keys.PoolPublicKeys[0], plotKey.PublicKey);
        _small = new PlotEntry("small", _folder.File("small.plot"), _keys.PoolPublicKeys[0], plotKey);
        Plotter.Create(new PlotParameters(id, 15, Threads: 1), _small.Path, cancellation: TestContext.Current.CancellationToken);
        _farmer = await Host(services => services.AddSingleton(_keys));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Two_nodes_and_two_harvesters_each_get_what_is_theirs()
    {
        await AddHarvester("h1", TestPlot.Entry);
        await AddHarvester("h2", _small);
        var n1 = await TestLink.Open(_farmer, Role.Farmer, Role.FullNode, "n1", NoPort);
        var n2 = await TestLink.Open(_farmer, Role.Farmer, Role.FullNode, "n2", NoPort);
        var (challenge, count) = CommonChallenge();
        await n1.Say(new ProofOfTimeRateMessage(100_000));
        await n2.Say(new ProofOfTimeRateMessage(100_000));
        var announcement = new ProofOfSpaceFinalizedMessage(challenge, 2000, 5000, challenge, 1);
        await n1.Say(announcement);
        await n2.Say(announcement);

        HashSet<Bytes48> both = [TestPlot.PlotKey.PublicKey, _small.PlotKey.PublicKey];
        Assert.Equal(both, await Farm(n1, challenge, count));
        Assert.Equal(both, await Farm(n2, challenge, count));
        Assert.Empty(n1.Unheard());
        Assert.Empty(n2.Unheard());
        Assert.Null(n1.Closed);
        var status = await _farmer.Client.GetGrain<IFarmerGrain>(NodeKey.Of(NodeName.Main)).GetStatus();
        Assert.Equal((2, 2, count, 2 * count), (status.FullNodes, status.Harvesters, status.ProofsFound, status.HeadersSigned));
    }

    [Fact]
    public async Task A_harvester_that_joins_late_or_returns_farms_on()
    {
        var node = await TestLink.Open(_farmer, Role.Farmer, Role.FullNode, "n1", NoPort);
        var challenge = TestPlot.Challenges().First();
        await node.Say(new ProofOfTimeRateMessage(100_000));
        await node.Say(new ProofOfSpaceFinalizedMessage(challenge, 5, 5000, challenge, 1));
        var first = await AddHarvester("h1", TestPlot.Entry);
        var request = await node.Hear<RequestHeaderHashMessage>();
        Assert.Equal(TestPlot.PlotKey.PublicKey, request.ProofOfSpace.PlotPublicKey);

        await first.Hang();
        var headerHash = FarmerScene.Hash("header");
        await node.Say(new HeaderHashMessage(request.ProofOfSpace.Sha256(), headerHash));
        Assert.Empty(node.Unheard());
        await AddHarvester("h1 again", TestPlot.Entry);
        var signed = await node.Hear<HeaderSignatureMessage>();
        Assert.Equal(headerHash, signed.HeaderHash);
    }

    [Fact]
    public async Task A_harvester_is_silent_about_what_it_does_not_know()
    {
        var host = await Host(services => services.AddSingleton<IPlotSource>(new Listed([TestPlot.Entry])));
        var farmer = await TestLink.Open(host, Role.Harvester, Role.Farmer, "farmer");
        await farmer.Say(new HarvesterHandshakeMessage(_keys.PoolPublicKeys));
        var unknown = FarmerScene.Hash("unknown");
        await farmer.Say(new RequestProofOfSpaceMessage(unknown));
        await farmer.Say(new RequestHeaderSignatureMessage(unknown, unknown));
        await farmer.Say(new RequestPartialProofMessage(unknown, unknown));
        Assert.Empty(farmer.Unheard());
        Assert.Null(farmer.Closed);
        var status = await host.Client.GetGrain<IHarvesterGrain>(NodeKey.Of(NodeName.Main)).GetStatus();
        Assert.Equal((1, 1, 0), (status.Farmers, status.Plots, status.Faults.Length));
    }

    [Fact]
    public async Task All_qualities_of_a_plot_are_told_and_each_has_its_own_proof()
    {
        var host = await Host(services => services.AddSingleton<IPlotSource>(new Listed([TestPlot.Entry])));
        var farmer = await TestLink.Open(host, Role.Harvester, Role.Farmer, "farmer");
        await farmer.Say(new HarvesterHandshakeMessage(_keys.PoolPublicKeys));
        var challenge = TestPlot.Challenges(proofs: 2).First();
        await farmer.Say(new NewChallengeMessage(challenge));
        var (qualities, proofs) = (new HashSet<Bytes32>(), new Dictionary<Bytes32, ByteString>());
        while (proofs.Count < 2)
        {
            switch (await farmer.Hear())
            {
                case ChallengeResponseMessage answer:
                    Assert.Equal((challenge, (byte)16), (answer.ChallengeHash, answer.PlotSize));
                    qualities.Add(answer.Quality);
                    await farmer.Say(new RequestProofOfSpaceMessage(answer.Quality));
                    break;
                case RespondProofOfSpaceMessage proof:
                    Assert.True(ProofOfSpaceVerifier.TryGetQuality(proof.Proof, out var quality));
                    Assert.Equal(proof.Quality, quality);
                    proofs.Add(quality, proof.Proof.Proof);
                    break;
            }
        }

        Assert.Equal(qualities, proofs.Keys.ToHashSet());
        Assert.Equal(2, proofs.Values.Distinct().Count());
    }

    /// <summary>Plays a full node until so many blocks are signed: headers asked, made, signed. Returns the plots' keys.</summary>
    private static async Task<HashSet<Bytes48>> Farm(TestLink node, Bytes32 challenge, int blocks)
    {
        var proofs = new Dictionary<Bytes32, ProofOfSpace>();
        var headers = new Dictionary<Bytes32, Bytes32>();
        for (var signatures = 0; signatures < blocks;)
        {
            switch (await node.Hear())
            {
                case RequestHeaderHashMessage request:
                    var proof = request.ProofOfSpace;
                    var id = proof.Sha256();
                    Assert.Equal((challenge, 2001u), (request.ChallengeHash, request.Coinbase.Height));
                    Assert.True(ProofOfSpaceVerifier.TryGetQuality(proof, out _));
                    Assert.True(PrependSignature.Verify(proof.PoolPublicKey, request.Coinbase.Sha256(), request.CoinbaseSignature));
                    proofs.Add(id, proof);
                    headers.Add(id, new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)));
                    await node.Say(new HeaderHashMessage(id, headers[id]));
                    break;
                case HeaderSignatureMessage signed:
                    Assert.Equal(headers[signed.PosHash], signed.HeaderHash);
                    var message = new Bytes32(SHA256.HashData(signed.HeaderHash.Span));
                    Assert.True(PrependSignature.Verify(proofs[signed.PosHash].PlotPublicKey, message, signed.HeaderSignature));
                    signatures++;
                    break;
                case var other:
                    Assert.Fail($"a full node was told {other.Function}");
                    break;
            }
        }

        return [.. proofs.Values.Select(p => p.PlotPublicKey)];
    }

    private async Task<TestLink> AddHarvester(string id, params PlotEntry[] plots)
    {
        var host = await Host(services => services.AddSingleton<IPlotSource>(new Listed(plots)));
        var inHarvester = await TestLink.Open(host, Role.Harvester, Role.Farmer, "farmer of " + id);
        var inFarmer = await TestLink.Open(_farmer, Role.Farmer, Role.Harvester, id);
        TestLink.Join(inHarvester, inFarmer);
        return inFarmer;
    }

    private async Task<RoleHost> Host(Action<IServiceCollection> configure)
    {
        var host = await RoleHost.Start(TimeProvider.System, configure);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A challenge that both plots answer, and with how many proofs together.</summary>
    private (Bytes32 Challenge, int Count) CommonChallenge()
    {
        using var large = FilePlot.Open(TestPlot.Path);
        using var small = FilePlot.Open(_small.Path);
        foreach (var challenge in TestPlot.Challenges())
        {
            var inSmall = small.GetQualities(challenge).Count;
            if (inSmall > 0)
                return (challenge, inSmall + large.GetQualities(challenge).Count);
        }

        throw new InvalidOperationException("no challenge is answered by both plots");
    }

    private static FarmerKeys MakeKeys()
    {
        var key = PrivateKey.FromSeed("farmer"u8);
        return new FarmerKeys(
            key, FarmerKeys.TargetOf(key.PublicKey), [TestPlot.PoolKey], FarmerKeys.TargetOf(TestPlot.PoolKey.PublicKey));
    }

    private sealed class Listed(IReadOnlyList<PlotEntry> entries) : IPlotSource
    {
        public IReadOnlyList<PlotEntry> Read() => entries;
    }
}
