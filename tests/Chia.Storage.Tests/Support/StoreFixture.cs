using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;

namespace Chia.Storage.Tests.Support;

/// <summary>What the tests open stores with.</summary>
internal static class StoreFixture
{
    internal static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    internal static SqliteStoreOptions Options(string path, string chain) =>
        new() { Path = path, Identity = StoreIdentity.Of(TestChain.Of(chain).Network) };

    internal static Task<IBlockStore> Open(string path, string chain) => SqliteBlockStore.Open(Options(path, chain), Cancelled);

    /// <summary>Commits the chain's first blocks, and its fork if asked, many blocks a commit.</summary>
    internal static async Task<ChainModel> Fill(IBlockStore store, string chain, int blocks = int.MaxValue, bool fork = false)
    {
        var model = new ChainModel();
        var writer = await store.TakeWriter(Cancelled);
        var all = TestChain.Of(chain).Blocks.Take(blocks).Concat(fork ? TestChain.Of(chain).Fork : []);
        foreach (var batch in all.Chunk(100))
            await store.Commit(writer, model.Receive(batch), Cancelled);
        return model;
    }

    /// <summary>Two stores hold the same blocks, tips and heights.</summary>
    internal static async Task<ChainIndex> AssertAlike(IBlockReader expected, IBlockReader actual)
    {
        var (one, other) = (await expected.LoadIndex(Cancelled), await actual.LoadIndex(Cancelled));
        Assert.Equal(one.Records, other.Records);
        Assert.Equal(one.Tips, other.Tips);
        Assert.Equal(one.Heights, other.Heights);
        return other;
    }
}
