using Chia.Cryptography.Bls12381;
using Chia.Silo.Configuration;
using Chia.Silo.Keys;
using Chia.Silo.Networks;
using Chia.Testing;

namespace Chia.Silo.Tests.Configuration;

/// <summary>A folder, or what a power loss left, in the place of one of our files is named: it does not pass for a file that is not
/// there.</summary>
public sealed class OddFileTests : IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData(NodeConfiguration.FileName)]
    [InlineData("keys.yaml")]
    [InlineData("plots.yaml")]
    public void A_folder(string name)
    {
        var folder = _root.Sub(name);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("is a folder", Refused(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NodeConfiguration.FileName)]
    [InlineData("keys.yaml")]
    [InlineData("plots.yaml")]
    public void Zero_bytes(string name)
    {
        var path = _root.File(name);
        File.WriteAllBytes(path, new byte[100]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("zero bytes", Refused(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plots.yaml", "plot:\n  a.dat: {pool_pk: 00, sk: 00}\n", "plots.yaml, line 1: unknown key 'plot': did you mean 'plots'?")]
    [InlineData("plots.yaml", "plots: {}\nfolders: []\n", "plots.yaml, line 2: unknown key 'folders'")]
    [InlineData("plots.yaml", "plots:\n  a.dat:\n    pool_kp: 00\n    sk: 00\n",
        "plots.yaml, line 3: unknown key 'pool_kp': did you mean 'pool_pk'?")]
    [InlineData("keys.yaml", "farmer_sk: 00\npool_skss: [00]\n", "keys.yaml, line 2: unknown key 'pool_skss': did you mean 'pool_sks'?")]
    [InlineData("network.yaml", "network_ids: a\n", "network.yaml, line 1: unknown key 'network_ids': did you mean 'network_id'?")]
    [InlineData("network.yaml", "constants:\n  number_of_head: 3\n",
        "network.yaml, line 2: unknown key 'number_of_head': did you mean 'number_of_heads'?")]
    [InlineData("network.yaml", "ports:\n  farmers: 3\n", "network.yaml, line 2: unknown role 'farmers': did you mean 'farmer'?")]
    public void A_slip(string name, string text, string said)
    {
        var path = _root.File(name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.EndsWith(said, Refused(name), StringComparison.Ordinal);
    }

    /// <summary>A list with a slip is no empty list to whoever changes it.</summary>
    [Fact]
    public void A_slip_in_a_list_that_is_changed()
    {
        File.WriteAllText(_root.File("plots.yaml"), "plot: {}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_root.File("plots.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var list = new PlotsFile(_root.File("plots.yaml"), _root.Path);
        var key = PrivateKey.FromSeed("a"u8);
        Assert.Throws<UserException>(() => list.Add("a.dat", key.PublicKey, key));
        Assert.Throws<UserException>(() => list.Remove(_ => true));
        Assert.Equal("plot: {}\n", File.ReadAllText(_root.File("plots.yaml")));
    }

    private string Refused(string name)
    {
        var path = _root.File(name);
        return Assert.Throws<UserException>(() => _ = name switch
        {
            "keys.yaml" => (object)KeysFile.ReadFarmer(path),
            "plots.yaml" => new PlotsFile(path, _root.Path).Load(),
            "network.yaml" => NetworkFile.Read(path),
            _ => NodeConfiguration.Load(_root.Path),
        }).Message;
    }
}
