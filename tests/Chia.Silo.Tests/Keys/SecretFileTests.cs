using Chia.Silo.Keys;
using Chia.Testing;

namespace Chia.Silo.Tests.Keys;

/// <summary>Files with keys.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>It was told to be open to others, and a chmod that does not help.</summary>
    [Fact]
    public void A_folder_in_its_place_is_called_a_folder()
    {
        var path = Path.Combine(_folder.Path, "keys.yaml");
        Directory.CreateDirectory(path);
        Assert.Contains("is a folder", Assert.Throws<UserException>(() => SecretFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is a folder", Assert.Throws<UserException>(() => SecretFile.Change(path, _ => "")).Message, StringComparison.Ordinal);
    }
}
