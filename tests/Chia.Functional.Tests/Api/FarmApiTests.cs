using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chia.Functional.Tests.Network;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>What a farm won beside what was to be expected, over the API and on the command line (OPERATIONS 2, 3).</summary>
public sealed class FarmApiTests(FarmSupplies supplies)
{
    private static ChainVectors Chain => ChainVectors.Small;

    [Fact]
    public async Task Won_blocks_stand_beside_the_expected_ones()
    {
        using var folder = new TempFolder();
        var root = await supplies.Farm(folder, "farm", ..2);
        await RunningNodes.Fill(Chain, root, Chain.Main);
        Role[] roles = [Role.FullNode, Role.Farmer, Role.Harvester];
        await using var node = await NodeHost.Start(
            new NodeSettings
            {
                Network = Chain.Network,
                Root = root,
                Roles =
                [
                    new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback },
                    new RoleSettings(Role.Farmer, 0) { Address = IPAddress.Loopback, ConnectLocal = [Role.FullNode, Role.Harvester] },
                    new RoleSettings(Role.Harvester, 0) { Address = IPAddress.Loopback },
                ],
                Services = services => RoleKeys.Add(services, roles, root, ""),
                Logging = _ => { },
            },
            TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        var luck = await Luck(http, node).Within("blocks to be expected of the farm's plots");

        // Nobody here owns the plots that made the chain.
        Assert.Equal((1, 40, 0), (Int(luck, "from"), Int(luck, "blocks"), Int(luck, "won")));
        Assert.Equal(JsonValueKind.Null, luck.GetProperty("last_won").ValueKind);
        Assert.Equal(0, luck.GetProperty("luck").GetDouble());
        Assert.True(Int(luck, "high") >= Int(luck, "low"));
        Assert.Equal(40, luck.GetProperty("points").GetArrayLength());

        var summary = await ChiaProcess.Run("farm", "summary", "--rpc", node.RpcUrl);
        summary.MustSucceed();
        Assert.Contains("0 of the newest 40 blocks", summary.Output, StringComparison.Ordinal);
        Assert.Matches(@"expected +[0-9.]+, \d+ to \d+ at 95 %: luck 0 %", summary.Output);
        Assert.Contains("time to win", summary.Output, StringComparison.Ordinal);
    }

    /// <summary>What the farm says of its luck, once it knows its plots and the chain.</summary>
    private static async Task<JsonElement> Luck(HttpClient http, RunningNode node)
    {
        while (true)
        {
            var farm = await http.GetFromJsonAsync<JsonElement>(
                new Uri($"{node.RpcUrl}/api/v1/farm"), TestContext.Current.CancellationToken);
            if (farm.TryGetProperty("luck", out var luck) && luck.ValueKind == JsonValueKind.Object
                && luck.GetProperty("expected").GetDouble() > 0)
                return luck;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
