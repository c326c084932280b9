using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Questions;

/// <summary><c>chia peers …</c>: connections of every role of a running node (OPERATIONS 2).</summary>
internal static class PeersCommand
{
    private const string Peers = $"{ApiPaths.Prefix}/peers";
    private const string Bans = $"{ApiPaths.Prefix}/bans";

    public static Command Create() => new("peers", "Connections of a running node: list, add, remove, ban, unban.")
    {
        List(), Add(), Remove(), Ban(), Unban(),
    };

    private static Command List()
    {
        var options = new NodeOptions();
        return options.Command("list", "Connections of every role, and who is kept out.", async (parsed, client, stopping) =>
        {
            if (options.IsJson(parsed))
            {
                NodeOptions.Print(await client.GetText(Peers, stopping));
                return 0;
            }

            // A table that cannot be filled is not begun.
            var (peers, bans) =
                (await client.Get(Peers, ApiJson.Default.PeerList, stopping), await client.Get(Bans, ApiJson.Default.BanList, stopping));
            Line("ID", "ROLE", "DIR", "SINCE", "IN", "OUT", "HEIGHT", "SCORE", "ADDRESS");
            foreach (var peer in peers.Peers)
            {
                Line(
                    peer.Id[..6],
                    peer.Role,
                    peer.Direction == "outbound" ? "out" : "in",
                    Amounts.ShortDuration(peer.ConnectedSeconds),
                    Amounts.ShortBytes(peer.BytesReceived),
                    Amounts.ShortBytes(peer.BytesSent),
                    peer.Height is { } height ? $"{height}" : "-",
                    peer.Score.ToString("0", CultureInfo.InvariantCulture),
                    peer.Address);
            }

            foreach (var ban in bans.Bans)
                Console.Out.WriteLine(Printable.Escape($"kept out by {ban.Role} for {Amounts.Duration(ban.SecondsLeft)}: {ban.Source}"));
            return 0;
        });
    }

    /// <summary>One line; of at most 80 columns unless the address is a long one.</summary>
    private static void Line(params string[] cells) => Console.Out.WriteLine(Printable.Escape(
        $"{cells[0],-6} {cells[1],-10} {cells[2],-3} {cells[3],6} {cells[4],6} {cells[5],6} {cells[6],7} {cells[7],5} {cells[8]}"));

    private static Command Add()
    {
        var address = new Argument<string>("HOST:PORT") { Description = "A full node to keep connected until this node ends." };
        var options = new NodeOptions();
        return options.Command("add", "Keeps a full node connected.", async (parsed, client, stopping) =>
        {
            var request = new PeerRequest(parsed.GetRequiredValue(address));
            await client.Send(HttpMethod.Post, Peers, JsonSerializer.Serialize(request, ApiJson.Default.PeerRequest), stopping);
            return Done(options.IsJson(parsed), "dialling", request.Address);
        }, address);
    }

    private static Command Remove()
    {
        var id = new Argument<string>("ID") { Description = "Id of the connection, or the first digits that tell it apart." };
        var options = new NodeOptions();
        return options.Command("remove", "Closes a connection.", async (parsed, client, stopping) =>
        {
            var wanted = parsed.GetRequiredValue(id);
            var found = (await client.Get(Peers, ApiJson.Default.PeerList, stopping)).Peers
                .Where(peer => peer.Id.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count != 1)
                throw new UserException(
                    found.Count == 0
                    ? $"there is no connection '{wanted}'"
                    : $"{found.Count} connections begin with '{wanted}'", exitCode: 1);
            await client.Send(HttpMethod.Delete, $"{Peers}/{found[0].Id}", null, stopping);
            return Done(options.IsJson(parsed), "closed", found[0].Address);
        }, id);
    }

    private static Command Ban()
    {
        var address = new Argument<string>("ADDRESS") { Description = "IP address." };
        var time = new Option<string>("--for")
        {
            Description = "For how long: 90s, 30m, 24h, 7d.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "24h",
        };
        var options = new NodeOptions();
        return options.Command("ban", "Closes the connections of an address and keeps it out.", async (parsed, client, stopping) =>
        {
            var request = new BanRequest(parsed.GetRequiredValue(address), Seconds(parsed.GetValue(time)!));
            await client.Send(HttpMethod.Post, Bans, JsonSerializer.Serialize(request, ApiJson.Default.BanRequest), stopping);
            if (options.IsJson(parsed))
                new ResultLine().With("kept_out", request.Address).With("seconds", request.Seconds!.Value).Print(asJson: true);
            else
                Console.Out.WriteLine(
                    Printable.Escape($"{request.Address} is kept out for {Amounts.Duration(request.Seconds!.Value)}"));
            return 0;
        }, address, time);
    }

    private static Command Unban()
    {
        var address = new Argument<string>("ADDRESS") { Description = "IP address." };
        var options = new NodeOptions();
        return options.Command("unban", "Lets an address in again.", async (parsed, client, stopping) =>
        {
            await client.Send(HttpMethod.Delete, $"{Bans}/{Uri.EscapeDataString(parsed.GetRequiredValue(address))}", null, stopping);
            return options.IsJson(parsed)
                ? Done(asJson: true, "let_in", parsed.GetRequiredValue(address))
                : Say($"{parsed.GetRequiredValue(address)} may come again");
        }, address);
    }

    private static int Done(bool asJson, string what, string address)
    {
        if (!asJson)
            return Say($"{what} {address}");
        new ResultLine().With(what, address).Print(asJson: true);
        return 0;
    }

    private static int Say(string text)
    {
        Console.Out.WriteLine(Printable.Escape(text));
        return 0;
    }

    /// <summary>A time as people write it.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static double Seconds(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        return unit > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count > 0
            ? count * unit
            : throw new UserException($"'{text}' is no time: expected something like 90s, 30m, 24h or 7d");
    }
}
