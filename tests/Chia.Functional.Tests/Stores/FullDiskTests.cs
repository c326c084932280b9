using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests.Stores;

/// <summary>A disk that fills up under a running node.</summary>
public class FullDiskTests(RealStore real)
{
    [Fact]
    public async Task A_node_says_so_keeps_what_it_acknowledged_and_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount(16 << 20);
        using var folder = new TempFolder();
        var chain = ChainVectors.Real;
        await using var node = await NodeProcess.Start(chain, disk.Path);
        disk.Fill(butBytes: 300_000);
        await using var serving =
            await NodeProcess.Start(chain, await real.CopyTo(folder, "serving"), "--connect", $"127.0.0.1:{node.Port}");

        var stalled = await node.Until("the full disk in its status", s => s.GetProperty("reason").GetString() == "store_unwritable");
        Assert.Equal("stalled", stalled.GetProperty("state").GetString());
        Assert.Contains("it goes on by itself when there is room", stalled.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        var acknowledged = stalled.GetProperty("height").GetInt64();
        Assert.True(acknowledged < 300);
        Assert.False(node.Process.HasExited);

        disk.Free();
        await node.Until("the end of the chain, and nothing that is wrong", s =>
            s.GetProperty("height").GetInt64() == 300 && s.GetProperty("reason").GetString() is null);
        Assert.True(node.Process.Error.Length + node.Process.Output.Length < 20_000, "it logs without end");
        node.Process.Terminate();
        Assert.Equal(0, await node.Process.WaitForExit());
        (await ChiaProcess.Run("db", "verify", "--network", chain.NetworkFile, "--root", disk.Path)).MustSucceed();
    }
}
