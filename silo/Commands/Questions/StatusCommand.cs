using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Silo.Api;
using Chia.Silo.Api.Requests;
using Chia.Silo.Commands.Options;
using Chia.Silo.Status;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Questions;

/// <summary><c>chia status</c> and <c>chia stop</c>: for scripts and container probes (OPERATIONS 2).</summary>
internal static class StatusCommand
{
    private const int NotHealthy = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var wait = new Option<string?>("--wait") { Description = "Wait until it is so.", HelpName = "synced|height=N" };
        var age = new Option<uint?>("--max-tip-age") { Description = "An older tip is not healthy.", HelpName = "SECONDS" };
        var options = new NodeOptions();
        return options.Command("status", "One line; exit code 0 healthy, 1 not, 3 not running.", async (parsed, client, stopping) =>
        {
            var health = new Health(parsed.GetValue(wait), parsed.GetValue(age));
            while (true)
            {
                var text = await Read(client, mayWait: parsed.GetValue(wait) is not null, stopping);
                if (text is not null && client.Parse(text, ApiJson.Default.StatusReport) is { } status)
                {
                    var isHealthy = health.Of(status, TimeProvider.System.GetUtcNow());
                    if (isHealthy || parsed.GetValue(wait) is null)
                    {
                        Console.Out.WriteLine(options.IsJson(parsed) ? Printable.Escape(text) : Line(status));
                        if (health.Complaint(status, TimeProvider.System.GetUtcNow()) is { } complaint)
                            Console.Error.WriteLine($"chia: {complaint}");
                        return isHealthy ? 0 : NotHealthy;
                    }
                }

                await Task.Delay(Pause, stopping);
            }
        }, wait, age);
    }

    /// <summary>The status; null if the node is still to be waited for.</summary>
    private static async Task<string?> Read(ApiClient client, bool mayWait, CancellationToken stopping)
    {
        try
        {
            return await client.GetText(ApiPaths.Status, stopping);
        }
        catch (UserException error) when (mayWait && error.ExitCode != 2)
        {
            return null;
        }
    }

    public static Command Stop()
    {
        var (finder, json) = (new NodeFinder(), CommonOptions.Json());
        var command = new Command("stop", "Stops a running node or cluster process, cleanly, and waits until it has.") { json };
        finder.AddTo(command);
        command.SetAction((parsed, cancellation) => Interruption.Run(
            async stopping =>
            {
                using var client = finder.Connect(parsed);
                await client.Send(HttpMethod.Post, ApiPaths.Stop, null, stopping);
                while (await client.Answers(stopping))
                    await Task.Delay(Pause, stopping);
                new ResultLine().With("stopped", client.Address).Print(parsed.GetValue(json), inWords: $"stopped {client.Address}");
                return 0;
            },
            cancellation));
        return command;
    }

    private static string Line(StatusReport status) => Printable.Escape(string.Create(
        CultureInfo.InvariantCulture,
        $"{status.Sentence}{(status.Tip is { } tip ? $", height {tip.Height}" : "")}, {Amounts.Plural(status.Peers, "peer")}, up {Amounts.Duration(status.UptimeSeconds)}, network {status.Network}"));
}

/// <summary>What counts as healthy, for <c>chia status</c>.</summary>
internal sealed class Health
{
    private readonly uint? _height;
    private readonly uint? _maxTipAge;

    /// <param name="wanted"><c>synced</c>, <c>height=N</c>, or null.</param>
    /// <param name="maxTipAge">Seconds; null for any.</param>
    /// <exception cref="UserException">Neither.</exception>
    public Health(string? wanted, uint? maxTipAge)
    {
        const string height = "height=";
        _maxTipAge = maxTipAge;
        if (wanted is null or "synced")
            return;
        _height = wanted.StartsWith(height, StringComparison.Ordinal)
            && uint.TryParse(wanted[height.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UserException($"--wait must be synced or height=N, not '{wanted}'");
    }

    public bool Of(StatusReport status, DateTimeOffset now)
    {
        var isYoung = Complaint(status, now) is null;
        if (_height is { } height)
            return isYoung && status.Tip?.Height >= height;
        return isYoung && status.State is (NodeState.Synced or NodeState.Idle);
    }

    /// <summary>What is wrong though the state is not; null if nothing is.</summary>
    public string? Complaint(StatusReport status, DateTimeOffset now)
    {
        if (_maxTipAge is not { } most || status.Tip is not { } tip)
            return null;
        var age = now.ToUnixTimeSeconds() - (double)tip.Timestamp;
        return age > most ? $"the newest block is {Amounts.Duration(age)} old, more than {Amounts.Duration(most)}" : null;
    }
}
