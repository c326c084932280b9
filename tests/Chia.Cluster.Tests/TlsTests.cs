using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>Whoever reaches the silos' ports could command them: they speak to holders of a certificate, or on loopback only.</summary>
public class TlsTests
{
    private const string Password = "open sesame";

    [Fact]
    public async Task With_certificates_the_cluster_works_and_whoever_has_none_is_refused()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain);
        await File.WriteAllBytesAsync(cluster.File("cluster.pfx"), Certificate(), TestContext.Current.CancellationToken);
        await cluster.Write(
            chain, TestCluster.FullNode("main"), more: $"tls: {{ certificate: cluster.pfx, password: '{Password}' }}");
        var silos = await cluster.StartSilos(2);
        var gateway = await cluster.StartGateway();
        await using var peer = await TestPeer.Dial(gateway.Port(), new ChainScript(chain.Main));
        await peer.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        (await ChiaProcess.Run("cluster", "status", "--cluster", cluster.ClusterFile)).MustSucceed();

        // The same cluster, for a process whose file names no certificate.
        await cluster.Write(chain, TestCluster.FullNode("main"), to: cluster.File("plain.yaml"));
        var refused = await ChiaProcess.Run("cluster", "status", "--cluster", cluster.File("plain.yaml"));
        Assert.Equal(3, refused.ExitCode);
        foreach (var port in new[] { silos[0].Ready["silo_port"], silos[0].Ready["client_port"] })
            Assert.Equal(0, await Answers(int.Parse(port)));
        Assert.False(peer.IsClosed);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("'*'")]
    public async Task Without_certificates_ports_beyond_loopback_are_refused_in_plain_words(string address)
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain);
        var file = await File.ReadAllTextAsync(cluster.ClusterFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            cluster.ClusterFile, file.Replace("listen:", $"listen:\n  address: {address}", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var refused = await ChiaProcess.Run("silo", "--cluster", cluster.ClusterFile, "--advertise", "127.0.0.1");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("set listen.trust_the_network: true", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Bytes that somebody without a certificate is answered.</summary>
    private static async Task<int> Answers(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string('x', 100)), TestContext.Current.CancellationToken);
        try
        {
            return await client.GetStream().ReadAsync(new byte[1000], TestContext.Current.CancellationToken)
                .AsTask().Within("the end of a plain connection");
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static byte[] Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cluster", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, Password);
    }
}
