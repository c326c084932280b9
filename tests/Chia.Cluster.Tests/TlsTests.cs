using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Silo;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
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

    /// <summary>Each process has a certificate of its own, from one authority.</summary>
    [Fact]
    public void Certificates_of_the_authority_are_trusted_and_foreign_and_expired_ones_are_refused_and_said_so_at_the_start()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var folder = new TempFolder();
        using var authority = Authority("CN=authority");
        using var stranger = Authority("CN=authority");
        File.WriteAllText(folder.File("ca.crt"), authority.ExportCertificatePem());
        Save(folder.File("one.pfx"), Signed(authority, now.AddDays(1)));
        var one = new ClusterCertificates(new ClusterTls(folder.File("one.pfx"), Password, folder.File("ca.crt")));
        using (var other = Signed(authority, now.AddDays(1)))
            Assert.True(one.IsOfTheCluster(other));
        using (var foreign = Signed(stranger, now.AddDays(1)))
            Assert.False(one.IsOfTheCluster(foreign));
        using (var expired = Signed(authority, now.AddHours(-1)))
            Assert.False(one.IsOfTheCluster(expired));

        Save(folder.File("foreign.pfx"), Signed(stranger, now.AddDays(1)));
        Save(folder.File("expired.pfx"), Signed(authority, now.AddHours(-1)));
        foreach (var bad in new[] { "foreign.pfx", "expired.pfx" })
        {
            var error = Assert.Throws<UserException>(
                () => new ClusterCertificates(new ClusterTls(folder.File(bad), Password, folder.File("ca.crt"))));
            Assert.Contains($"{bad}: the cluster's other processes would refuse it", error.Message, StringComparison.Ordinal);
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Signed(X509Certificate2 authority, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), until, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private static void Save(string file, X509Certificate2 certificate)
    {
        using (certificate)
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, Password));
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
