using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chia.Silo.Clusters.Definition;
using Orleans.Connections.Security;

namespace Chia.Silo.Clusters;

/// <summary>
/// TLS between silos and gateways; both sides show a certificate. Either all processes share one certificate, or each has its own,
/// signed by one authority. Names in certificates do not matter: whoever holds one belongs to the cluster.
/// </summary>
internal sealed class ClusterCertificates
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2? _authority;

    /// <exception cref="UserException">A file cannot be read, is no certificate, or is one that others would refuse; the message names
    /// it.</exception>
    public ClusterCertificates(ClusterTls tls)
    {
        _own = Load(tls.Certificate, () => X509CertificateLoader.LoadPkcs12FromFile(tls.Certificate, tls.Password));
        _authority = tls.Authority.Length == 0
            ? null
            : Load(tls.Authority, () => X509CertificateLoader.LoadCertificateFromFile(tls.Authority));
        if (!_own.HasPrivateKey)
            throw new UserException($"{tls.Certificate}: has no private key");

        // Reported here in one line; otherwise silos would just not find each other.
        if (!IsOfTheCluster(_own))
        {
            throw new UserException(
                $"{tls.Certificate}: the cluster's other processes would refuse it: it is not signed by {tls.Authority}, or not "
                + $"valid today (it is from {_own.NotBefore.ToUniversalTime():yyyy-MM-dd} to {_own.NotAfter.ToUniversalTime():yyyy-MM-dd})");
        }
    }

    public void Apply(TlsOptions options)
    {
        options.LocalCertificate = _own;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.CheckCertificateRevocation = false;
        options.RemoteCertificateValidation = (certificate, _, _) => IsOfTheCluster(certificate);
        options.OnAuthenticateAsClient = (_, ssl) => ssl.TargetHost = _own.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }

    /// <summary>The very same certificate, or one that our authority signed.</summary>
    internal bool IsOfTheCluster(X509Certificate2 certificate)
    {
        if (_authority is null)
            return CryptographicOperations.FixedTimeEquals(certificate.RawData, _own.RawData);
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        return chain.Build(certificate);
    }

    private static X509Certificate2 Load(string path, Func<X509Certificate2> load)
    {
        try
        {
            return load();
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path}: is no certificate that can be used: {error.Message}");
        }
    }
}
