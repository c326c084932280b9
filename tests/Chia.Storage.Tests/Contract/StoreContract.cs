using Chia.Protocol.Primitives;
using Chia.Storage.Maintenance;

namespace Chia.Storage.Tests.Contract;

/// <summary>A provider's stores as the contract's tests need them: one that comes back under its name, each test its own.</summary>
public interface IStores : IAsyncDisposable
{
    /// <summary>Opens the store of that name, made at the first time. Skips the test, with its reason, where the provider cannot
    /// run.</summary>
    Task<IBlockStore> Open(string chain, string name);

    /// <summary>Where that store is, and under which name of a node.</summary>
    Task<(IStoreMaintenance Place, NodeName Node)> Find(string name);
}

/// <summary>What every provider must pass: each derives one class a theme.</summary>
public abstract class StoreContract<TStores> : IAsyncDisposable
    where TStores : IStores, new()
{
    private readonly TStores _stores = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    private protected Task<(IStoreMaintenance Place, NodeName Node)> Find(string name = "main") => _stores.Find(name);

    private protected Task<IBlockStore> Open(string chain, string name = "main") => _stores.Open(chain, name);
}
