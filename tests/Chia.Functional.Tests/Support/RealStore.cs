using Chia.Functional.Tests.Support;
using Chia.Testing;

[assembly: AssemblyFixture(typeof(RealStore))]

namespace Chia.Functional.Tests.Support;

/// <summary>real300, imported once by the program itself for all tests that start from it.</summary>
public sealed class RealStore : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<Task<ChiaResult>> _import;

    public RealStore()
    {
        _import =
            new(() =>
            ChiaProcess.Run("db", "import", ChainVectors.Real.BlocksFile, "--network", ChainVectors.Real.NetworkFile, "--root", Folder));
    }

    /// <summary>The root folder of the node that holds the main chain. No node runs in it: copy it.</summary>
    internal string Folder => _folder.Path;

    /// <summary>What the import printed; waits for it.</summary>
    internal Task<ChiaResult> Import => _import.Value;

    /// <summary>A copy of the folder with the main chain.</summary>
    internal async Task<string> CopyTo(TempFolder folder, string name)
    {
        (await Import).MustSucceed();
        return folder.CopyOf(Folder, name);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_import.IsValueCreated)
            await _import.Value;
        _folder.Dispose();
    }
}
