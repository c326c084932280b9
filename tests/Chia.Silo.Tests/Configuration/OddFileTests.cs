using Chia.Silo.Configuration;
using Chia.Silo.Keys;

namespace Chia.Silo.Tests.Configuration;

/// <summary>A folder, or what a power loss left, in the place of one of our files is named: it does not pass for a file that is not
/// there.</summary>
public sealed class OddFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("chia-odd-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(NodeConfiguration.FileName)]
    [InlineData("keys.yaml")]
    [InlineData("plots.yaml")]
    public void A_folder(string name)
    {
        _root.CreateSubdirectory(name);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_root.FullName, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("is a folder", Refused(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NodeConfiguration.FileName)]
    [InlineData("keys.yaml")]
    [InlineData("plots.yaml")]
    public void Zero_bytes(string name)
    {
        var path = Path.Combine(_root.FullName, name);
        File.WriteAllBytes(path, new byte[100]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("zero bytes", Refused(name), StringComparison.Ordinal);
    }

    private string Refused(string name)
    {
        var path = Path.Combine(_root.FullName, name);
        return Assert.Throws<UserException>(() => _ = name switch
        {
            "keys.yaml" => (object)KeysFile.ReadFarmer(path),
            "plots.yaml" => new PlotsFile(path, _root.FullName).Load(),
            _ => NodeConfiguration.Load(_root.FullName),
        }).Message;
    }
}
