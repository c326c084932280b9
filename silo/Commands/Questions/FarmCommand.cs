using System.CommandLine;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Questions;

/// <summary><c>chia farm summary</c>, <c>chia farm challenges</c> (OPERATIONS 2).</summary>
internal static class FarmCommand
{
    private const string Farm = $"{ApiPaths.Prefix}/farm";

    public static Command Create() =>
        new("farm", "What a running farmer and harvester are at: summary, challenges.") { Summary(), Challenges() };

    private static Command Summary()
    {
        var options = new NodeOptions();
        return options.Command("summary", "Plots, proofs, won blocks beside the expected ones, and the time to win.", async (parsed, client, stopping) =>
        {
            if (options.IsJson(parsed))
                NodeOptions.Print(await client.GetText(Farm, stopping));
            else
                Print(await client.Get(Farm, ApiJson.Default.FarmView, stopping));
            return 0;
        });
    }

    private static void Print(FarmView farm)
    {
        if (farm.Harvester is { } harvester)
        {
            NamedRow.Print("plots", $"{harvester.Plots}, {harvester.Faults.Count} faulty, {harvester.Duplicates.Count} listed twice");
            NamedRow.Print("looked up", $"{harvester.Challenges} challenges, {harvester.Qualities} qualities, {harvester.Proofs} proofs");
            foreach (var fault in harvester.Faults)
                NamedRow.Print("fault", $"{fault}");
        }

        if (farm.Farmer is { } farmer)
        {
            NamedRow.Print(
                "connected", $"{Amounts.Plural(farmer.FullNodes, "full node")}, {Amounts.Plural(farmer.Harvesters, "harvester")}");
            NamedRow.Print("found", $"{farmer.ProofsFound} proofs, {farmer.BlocksHandedIn} blocks handed in");
            if (farmer.ProofsPerChallenge is { } proofs)
                NamedRow.Print("per challenge", $"{proofs:0.00} proofs");
        }

        if (farm.Expectation is not { } expected)
            return;
        NamedRow.Print("size", $"{Amounts.Bytes(expected.PlotBytes)}, {100 * expected.Share:0.##} % of the network");
        if (expected.SecondsToWin is { } seconds)
            NamedRow.Print("time to win", $"{Amounts.Duration(seconds)} on average");
        if (farm.Luck is not { } luck)
            return;
        NamedRow.Print("won", $"{luck.Won} of the newest {luck.Blocks} blocks{(luck.LastWon is { } last ? $", last at height {last}" : "")}");
        NamedRow.Print("expected", $"{luck.Expected:0.#}, {luck.Low} to {luck.High} at 95 %{(luck.Luck is { } part ? $": luck {100 * part:0} %" : "")}");
    }

    private static Command Challenges()
    {
        var options = new NodeOptions();
        var limit = new Option<int>("--limit") { Description = "How many.", HelpName = "N", DefaultValueFactory = _ => 20 };
        return options.Command("challenges", "The newest challenges, with qualities and proofs.", async (parsed, client, stopping) =>
        {
            var path = $"{Farm}/challenges?limit={parsed.GetValue(limit)}";
            if (options.IsJson(parsed))
            {
                NodeOptions.Print(await client.GetText(path, stopping));
                return 0;
            }

            var rows = await client.Get(path, ApiJson.Default.ChallengeRows, stopping);
            foreach (var line in Table(rows.Challenges))
                Console.Out.WriteLine(line);
            return 0;
        }, limit);
    }

    /// <summary>Lines of at most 80 columns, the headings above what they name.</summary>
    internal static IEnumerable<string> Table(IEnumerable<ChallengeRow> challenges) => challenges
        .Select(c => Line(
            $"{c.Height}", $"{c.Challenge[..18]}…", Amounts.ShortDuration(c.AgeSeconds), $"{c.Qualities}", $"{c.Proofs}", $"{c.Signed}",
            $"{c.BestIterations}"))
        .Prepend(Line("HEIGHT", "CHALLENGE", "AGE", "QUALITIES", "PROOFS", "SIGNED", "BEST"));

    private static string Line(params string[] cells) =>
        $"{cells[0],7} {cells[1],-19} {cells[2],6} {cells[3],9} {cells[4],6} {cells[5],6} {cells[6],12}".TrimEnd();
}
