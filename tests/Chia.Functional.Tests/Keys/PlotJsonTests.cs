using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests.Keys;

/// <summary>Plots in several folders, for programs.</summary>
public class PlotJsonTests
{
    [Fact]
    public async Task Plots_are_made_in_a_folder_that_is_there_or_wanted_and_listed_as_json()
    {
        using var folder = new TempFolder();
        string[] root = ["--root", folder.File("root")];
        (await ChiaProcess.Run(["keys", "generate", .. root])).MustSucceed();
        string[] create = ["plots", "create", "-k", "15", "-n", "2", "--dir", folder.File("drive"), .. root];

        Assert.Contains("--mkdir makes it", (await ChiaProcess.Run(create)).MustComplain());
        Assert.False(Directory.Exists(folder.File("drive")));
        var made = Json(await ChiaProcess.Run([.. create, "--mkdir", "--json"]));
        // The same index elsewhere is the same plot: it is found where it lies and not made again.
        var again = Json(await ChiaProcess.Run(["plots", "create", "-k", "15", "-n", "2", "--json", .. root]));

        Assert.Equal(2, made.GetArrayLength());
        Assert.Equal(
            made.EnumerateArray().Select(p => p.GetProperty("path").GetString()), again.EnumerateArray()
            .Select(p => p.GetProperty("path").GetString()));
        Assert.All(again.EnumerateArray(), plot => Assert.True(plot.GetProperty("existed").GetBoolean()));
        var list = Json(await ChiaProcess.Run(["plots", "list", "--json", .. root]));
        Assert.Equal(2, list.GetProperty("there").GetInt32());
        Assert.All(list.GetProperty("plots").EnumerateArray(), plot => Assert.Equal("there", plot.GetProperty("state").GetString()));

        File.Delete(made[0].GetProperty("path").GetString()!);
        var without = await ChiaProcess.Run(["plots", "list", "--json", .. root]);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("\"not_there\"", without.Output);
    }

    private static JsonElement Json(ChiaResult result) => JsonDocument.Parse(result.MustSucceed().Output).RootElement;
}
