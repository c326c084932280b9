using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Questions;

/// <summary><c>chia watch</c>, <c>chia logs</c>, <c>chia log-level</c>: a running node, live (OPERATIONS 2).</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var types =
            new Option<string?>("--types") { Description = $"Of {string.Join(", ", EventTypes.All)}; all by default.", HelpName = "T,T" };
        var role = new Option<string?>("--role") { Description = "Only what concerns this role, ours or the peer's.", HelpName = "ROLE" };
        var peer = new Option<string?>("--peer") { Description = "Only what concerns this connection.", HelpName = "ID" };
        var options = new NodeOptions();
        return options.Command("watch", "What happens, as it happens, until Ctrl-C.", async (parsed, client, stopping) =>
        {
            var query =
                string.Join(
                '&', new[] { ("types", parsed.GetValue(types)), ("role", parsed.GetValue(role)), ("peer", parsed.GetValue(peer)) }
                .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
            const string data = "data: ";
            await foreach (var line in client.Lines($"{ApiPaths.Prefix}/events?{query}", stopping))
            {
                if (!line.StartsWith(data, StringComparison.Ordinal))
                    continue;
                Console.Out.WriteLine(Printable.Escape(options.IsJson(parsed)
                    ? line[data.Length..]
                    : Line(client.Parse(line[data.Length..], ApiJson.Default.EventView))));
            }

            return 0;
        }, types, role, peer);
    }

    public static Command Logs()
    {
        var lines = new Option<int>("--lines") { Description = "How many of the newest.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var follow = new Option<bool>("--follow", "-f") { Description = "And those that come, until Ctrl-C." };
        var options = new NodeOptions();
        return options.Command("logs", "The newest log lines of a running node.", async (parsed, client, stopping) =>
        {
            var path = $"{ApiPaths.Prefix}/logs?lines={parsed.GetValue(lines)}&follow={(parsed.GetValue(follow) ? "true" : "false")}";
            await foreach (var line in client.Lines(path, stopping))
                Console.Out.WriteLine(
                    options.IsJson(parsed) ? $"\"{JsonEncodedText.Encode(line)}\"" : Printable.Escape(line));
            return 0;
        }, lines, follow);
    }

    public static Command LogLevel()
    {
        var change = new Argument<string?>("CATEGORY=LEVEL")
        {
            Description = "Such as Chia.Gateway=debug, or default=warning; without it the levels are shown.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new NodeOptions();
        return options.Command("log-level", "Shows or changes which log lines a running node writes.", async (parsed, client, stopping) =>
        {
            const string path = $"{ApiPaths.Prefix}/log-level";
            var text = parsed.GetValue(change) is { } wanted
                ? await client.Send(
                    HttpMethod.Put, path, JsonSerializer.Serialize(Change(wanted), ApiJson.Default.LogLevelRequest), stopping)
                : await client.GetText(path, stopping);
            if (options.IsJson(parsed))
            {
                NodeOptions.Print(text);
                return 0;
            }

            foreach (var (category, level) in client.Parse(text, ApiJson.Default.LogLevelView).Levels)
                Console.Out.WriteLine(Printable.Escape($"{category}={level}"));
            return 0;
        }, change);
    }

    private static LogLevelRequest Change(string text) => text.Split('=') is [{ Length: > 0 } category, { Length: > 0 } level]
        ? new LogLevelRequest(category, level)
        : throw new UserException($"'{text}' changes nothing: expected CATEGORY=LEVEL, such as Chia.Gateway=debug");

    /// <summary>One line of what happened.</summary>
    public static string Line(EventView e)
    {
        var parts = new List<string> { e.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), $"{e.Type,-9}" };
        void Add(bool isThere, FormattableString text)
        {
            if (isThere)
                parts.Add(text.ToString(CultureInfo.InvariantCulture));
        }

        Add(e.Message is not null, $"{e.Message}");
        Add(e.Outcome is not null, $"{e.Outcome}");
        Add(e.Phase is not null, $"{e.Phase} {e.Done} of {e.Total}");
        Add(e.Height is not null, $"height {e.Height}");
        Add(e.Hash is not null, $"{e.Hash?[..12]}…");
        Add(e.Iterations is not null, $"{e.Iterations} iterations");
        Add(e.Depth is not null, $"{e.Depth} blocks left the chain");
        Add(e.PeerRole is not null, $"{e.PeerRole} {e.Address}");
        Add(e.Bytes is not null, $"{e.Bytes} B {e.Milliseconds:0.0} ms");
        return string.Join(' ', parts);
    }
}
