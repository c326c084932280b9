using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Silo.Status;
using Chia.Silo.Views;

namespace Chia.Silo.Commands;

/// <summary><c>chia status</c> and <c>chia stop</c>: for scripts and container probes (OPERATIONS 2).</summary>
internal static class StatusCommand
{
    private const int NotHealthy = 1;
    private const int NotRunning = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var (network, root, rpc, json) = (CommonOptions.Network(), CommonOptions.Root(), CommonOptions.Rpc(), CommonOptions.Json());
        var wait = new Option<string?>("--wait") { Description = "Wait until it is so.", HelpName = "synced|height=N" };
        var age = new Option<uint?>("--max-tip-age") { Description = "An older tip is not healthy.", HelpName = "SECONDS" };
        var command = new Command("status", "One line; exit code 0 healthy, 1 not, 3 not running.") { network, root, rpc, wait, age, json };
        command.SetAction((parsed, cancellation) => Interruption.Run(
            async stopping =>
            {
                var finder = new NodeFinder(parsed.GetValue(rpc), parsed.GetValue(root), parsed.GetValue(network));
                var health = new Health(parsed.GetValue(wait), parsed.GetValue(age));
                var status = await finder.Running(stopping);
                while (parsed.GetValue(wait) is not null && (status is null || !health.Of(status, TimeProvider.System.GetUtcNow())))
                {
                    await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (stopping.IsCancellationRequested)
                        return Interruption.ExitCode;
                    status = await finder.Running(stopping);
                }

                return Print(status, health, parsed.GetValue(json));
            },
            cancellation));
        return command;
    }

    public static Command Stop()
    {
        var (network, root, rpc) = (CommonOptions.Network(), CommonOptions.Root(), CommonOptions.Rpc());
        var command = new Command("stop", "Stops a running node, cleanly, and waits until it has.") { network, root, rpc };
        command.SetAction((parsed, cancellation) => Interruption.Run(
            async stopping =>
            {
                var finder = new NodeFinder(parsed.GetValue(rpc), parsed.GetValue(root), parsed.GetValue(network));
                if (!await finder.Stop(stopping))
                {
                    Console.Error.WriteLine("chia: no node runs there");
                    return NotRunning;
                }

                while (await finder.Running(stopping) is not null)
                    await Task.Delay(Pause, stopping);
                Console.Out.WriteLine("stopped");
                return 0;
            },
            cancellation));
        return command;
    }

    private static int Print(NodeStatus? status, Health health, bool asJson)
    {
        if (status is null)
        {
            Console.Error.WriteLine("chia: no node runs there");
            return NotRunning;
        }

        Console.Out.Write((asJson ? JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus) : Line(status)) + Environment.NewLine);
        return health.Of(status, TimeProvider.System.GetUtcNow()) ? 0 : NotHealthy;
    }

    private static string Line(NodeStatus status) => Printable.Escape(string.Create(
        CultureInfo.InvariantCulture,
        $"{status.Sentence}{(status.Height is { } height ? $", height {height}" : "")}, {status.Peers.Count} peers, up {Amounts.Duration(status.UptimeSeconds ?? 0)}, network {status.Network}"));
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

    public bool Of(NodeStatus status, DateTimeOffset now)
    {
        if (_height is { } height)
            return status.Height >= height;
        var isYoung = _maxTipAge is not { } age || status.Tips is not [var tip, ..] || now.ToUnixTimeSeconds() <= (double)tip.Timestamp + age;
        return isYoung && status.State is (NodeState.Synced or NodeState.Idle);
    }
}
