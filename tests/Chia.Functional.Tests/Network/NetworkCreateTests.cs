using System.Text.RegularExpressions;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests.Network;

/// <summary>From nothing to a farm of two machines: the walk of the README, as processes (OPERATIONS 2).</summary>
public sealed partial class NetworkCreateTests
{
    private static readonly string[] NoFixedPorts =
        ["--port", "0", "--rpc-port", "0", "--introducer", "none", "--set", "farmer.port=0", "--set", "harvester.port=0"];

    [Fact]
    public async Task From_nothing_to_a_farm_of_two_machines()
    {
        using var folder = new TempFolder();
        var (one, two, file) = (folder.File("one"), folder.File("two"), folder.File("mine.yaml"));
        string[] create =
        [
            "network", "create", "mine", "--k", "17", "--plots", "8", "--block-time", "2", "--root", one, "--output", file,
            "--set", "constants.discriminant_size_bits=256",
        ];
        var created = (await ChiaProcess.Run(create)).MustSucceed();
        Assert.Contains("network=mine genesis=", created.Output);
        Assert.Matches("proofs per challenge: about 1 challenge in [0-9]", created.Output);
        Assert.Equal(["mine.yaml", "one"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        Assert.Contains("is there already", (await ChiaProcess.Run(create)).MustComplain());
        Assert.Contains(" ok", (await ChiaProcess.Run("network", "check", file)).MustSucceed().Output);
        (await ChiaProcess.Run("network", "diff", file, file)).MustSucceed();
        Assert.Contains("genesis_block", (await ChiaProcess.Run("network", "diff", "testnet", file)).Must(1).Output);

        // The folder knows its network: a start that names none does not make it testnet's.
        var genesis = GenesisHash().Match(created.Output).Groups[1].Value;
        var alone = await ChiaProcess.Run(
            "start", "full_node", "--root", one, "--port", "0", "--rpc-port", "0", "--introducer", "none", "--until-height", "0");
        Assert.Contains($"tip={genesis}", alone.MustSucceed().Output);

        await using var first = ChiaProcess.Start(
            ["start", "full_node", "farmer", "harvester", "timelord", "--network", file, "--root", one, .. NoFixedPorts, "--set",
                "timelord.port=0"]);
        var port = FullNodePort().Match(await first.WaitUntilReady()).Groups[1].Value;
        (await ChiaProcess.Run("keys", "generate", "--network", file, "--root", two)).MustSucceed();
        (await ChiaProcess.Run("plots", "create", "-k", "17", "-n", "2", "--network", file, "--root", two)).MustSucceed();
        await using var second = ChiaProcess.Start(
            ["start", "full_node", "farmer", "harvester", "--network", file, "--root", two, "--connect", $"127.0.0.1:{port}",
                .. NoFixedPorts, "--until-height", "3", "--timeout", "280"]);

        Assert.True(await second.WaitForExit(TimeSpan.FromMinutes(5)) == 0, second.Output + second.Error);
        first.Terminate();
        Assert.Equal(0, await first.WaitForExit());
    }

    [Theory]
    [InlineData("a/b", "cannot name a network")]
    [InlineData("testnet", "cannot name a network")]
    public async Task A_name_that_is_none_is_refused_in_one_line(string name, string why) =>
        Assert.Contains(why, (await ChiaProcess.Run("network", "create", name)).MustComplain());

    [Fact]
    public async Task A_constant_that_is_none_is_refused_before_plots_are_made()
    {
        using var folder = new TempFolder();
        var line = (await ChiaProcess.Run("network", "create", "x", "--root", folder.File("x"), "--set", "constants.speed=1"))
            .MustComplain();
        Assert.Contains("no constant 'speed'", line);
        Assert.False(Directory.Exists(folder.File("x")));
    }

    [GeneratedRegex("genesis=([0-9a-f]{64})")]
    private static partial Regex GenesisHash();

    [GeneratedRegex("full_node_port=([0-9]+)")]
    private static partial Regex FullNodePort();
}
