using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Peers;

/// <summary>One connected peer, as its gateway sees it.</summary>
public sealed class PeerGrainTests : IAsyncLifetime
{
    private RoleHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RoleHost.Start(new ManualTime(), _ => { });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A gateway forgets a connection when its grain has; what was on its way then was an error to Orleans, which wrote it down
    /// at the level of faults, and kept whoever had sent it waiting for five seconds.</summary>
    [Fact]
    public async Task The_end_of_a_connection_waits_for_what_is_on_its_way_to_the_gateway()
    {
        var link = await TestLink.Open(_host, Role.Introducer, Role.FullNode, "node");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Gate = gate.Task;
        var telling = link.Tell(new PeersMessage([]));
        await link.WasReached;
        var ending = link.Hang();

        // All else is done, and the end is not told.
        while (await link.IsListed())
            await Task.Yield();
        for (var calls = 0; calls < 1000; calls++)
            Assert.False(await link.IsListed());
        Assert.False(ending.IsCompleted);
        gate.SetResult();
        Assert.True(await telling);
        await ending;
    }
}
