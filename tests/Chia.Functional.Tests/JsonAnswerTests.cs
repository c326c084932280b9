using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>What is set up is told to programs as well (OPERATIONS, "Every command has --json").</summary>
public sealed class JsonAnswerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_are_named_as_in_their_file()
    {
        var made = await Answer("keys", "generate");
        var shown = await Answer("keys", "show", "--secret");

        Assert.Equal(["farmer_pk", "farmer_target", "pool_pks", "pool_target"], made.EnumerateObject().Select(p => p.Name));
        Assert.All(made.EnumerateObject(), p => Assert.Equal($"{p.Value}", $"{shown.GetProperty(p.Name)}"));
        Assert.Equal(2, shown.GetProperty("pool_sks").GetArrayLength());
        var file = await File.ReadAllTextAsync(_folder.File("keys.yaml"), TestContext.Current.CancellationToken);
        Assert.All(["farmer_sk", "sk_seed"], name => Assert.Contains($"{name}: {shown.GetProperty(name)}", file));
    }

    [Fact]
    public async Task A_configuration_and_what_differs_from_the_defaults()
    {
        var file = (await Answer("init")).GetProperty("file").GetString()!;
        Assert.Equal(_folder.File("config.yaml"), file);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Empty((await Answer("config", "upgrade")).GetProperty("changes").EnumerateArray());
        await File.WriteAllTextAsync(file, text.Replace("rpc_port: 8555", "rpc_port: 8666"), TestContext.Current.CancellationToken);

        var check = await Answer("config", "check");

        Assert.Equal(file, check.GetProperty("file").GetString());
        Assert.Equal("8666", check.GetProperty("settings").GetProperty("rpc_port").GetString());
    }

    [Fact]
    public async Task Networks()
    {
        var mine = ChainVectors.Small.NetworkFile;
        var shown = Json(await ChiaProcess.Run("network", "show", mine, "--json"));
        var check = Json(await ChiaProcess.Run("network", "check", mine, "--json"));
        var same = Json(await ChiaProcess.Run("network", "diff", mine, mine, "--json"));
        var other = await ChiaProcess.Run("network", "diff", mine, "testnet", "--json");

        Assert.Equal(shown.GetProperty("network_id").GetString(), check.GetProperty("network").GetString());
        Assert.Equal(shown.GetProperty("genesis_hash").GetString(), check.GetProperty("genesis").GetString());
        Assert.Empty(same.GetProperty("differences").EnumerateArray());
        Assert.Equal(1, other.ExitCode);
        Assert.NotEmpty(JsonDocument.Parse(other.Output).RootElement.GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task Plots_that_answer_and_one_that_does_not()
    {
        await Answer("keys", "generate");
        var plot = (await Answer("plots", "create", "-k", "15", "-n", "1"))[0].GetProperty("path").GetString()!;
        Assert.Equal(1, (await Answer("plots", "add", plot)).GetProperty("known").GetInt32());
        var sound = (await Answer("plots", "check", "-n", "5")).GetProperty("plots")[0];
        Assert.Equal((plot, JsonValueKind.Null), (sound.GetProperty("path").GetString(), sound.GetProperty("fault").ValueKind));
        await File.WriteAllTextAsync(plot, "no plot", TestContext.Current.CancellationToken);

        var check = await ChiaProcess.Run("plots", "check", "--json", "--root", _folder.Path);

        Assert.Equal(1, check.ExitCode);
        var bad = JsonDocument.Parse(check.Output).RootElement;
        Assert.Equal(1, bad.GetProperty("bad").GetInt32());
        Assert.Equal(JsonValueKind.String, bad.GetProperty("plots")[0].GetProperty("fault").ValueKind);
        Assert.Equal(1, (await Answer("plots", "remove", plot)).GetProperty("removed").GetInt32());
    }

    /// <summary>Of a command on the folder.</summary>
    private async Task<JsonElement> Answer(params string[] command) =>
        Json(await ChiaProcess.Run([.. command, "--json", "--root", _folder.Path]));

    private static JsonElement Json(ChiaResult result) => JsonDocument.Parse(result.MustSucceed().Output).RootElement;
}
