using Chia.Silo.Configuration;
using Chia.Silo.Keys;
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

    private string Refused(string name)
    {
        var path = _root.File(name);
        return Assert.Throws<UserException>(() => _ = name switch
        {
            "keys.yaml" => (object)KeysFile.ReadFarmer(path),
            "plots.yaml" => new PlotsFile(path, _root.Path).Load(),
            _ => NodeConfiguration.Load(_root.Path),
        }).Message;
    }
}
