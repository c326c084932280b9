using Chia.GrainInterfaces.Clusters;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Testing;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A full node comes to life on another silo before its chain answers there: on a busy machine the chain takes its time, and its
/// database may be away.</summary>
public sealed class ActivationTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");

    /// <summary>A message that was taken for handled was told by nobody again: the block was lost.</summary>
    [Fact]
    public async Task What_finds_no_chain_yet_is_not_taken_for_handled()
    {
        var isAway = true;
        await using var host = await ChainHost.Start([], wrap: store => Fake.Of<IBlockStore>((method, arguments) =>
            isAway && method.Name == nameof(IBlockStore.TakeWriter)
                ? throw new StoreUnavailableException(store.Location, "it is away")
                : method.Invoke(store, arguments)));
        var link = TestLink.Of(host.Roles, Role.FullNode, Role.FullNode, "peer");

        Assert.Equal(CallFault.SiloGone, FaultOf(await Record.ExceptionAsync(link.Connect)));
        Assert.Equal(CallFault.SiloGone, FaultOf(await Record.ExceptionAsync(() => link.Say(new BlockMessage(Main.Blocks[1])))));
        isAway = false;

        // As its gateway does, until somebody sees to it.
        while (FaultOf(await Record.ExceptionAsync(() => link.Say(new BlockMessage(Main.Blocks[1])))) is { } fault)
            Assert.Equal(CallFault.SiloGone, fault);
        Assert.Equal(Main.Hashes[1], (await host.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    private static CallFault? FaultOf(Exception? error) => error is null ? null : CallFaults.Of(error);
}
