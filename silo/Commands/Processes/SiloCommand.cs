using System.CommandLine;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Commands.Options;
using Chia.Silo.Hosting.Processes;
using Chia.Silo.Status;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Processes;

/// <summary><c>chia silo</c> and <c>chia gateway</c>: the processes of a cluster (CLUSTER 1).</summary>
internal static class SiloCommand
{
    public static Command CreateSilo() => Create(
        "silo", "Runs a silo of a cluster until it is told to stop.", (options, command) => options.AddSilo(command), SiloHost.Start);

    public static Command CreateGateway() => Create(
        "gateway", "Runs a gateway of a cluster until it is told to stop.", (options, command) =>
            options.AddGateway(command), GatewayHost.Start);

    private static Command Create(
        string name,
        string description,
        Action<ClusterOptions, Command> add,
        Func<ClusterDefinition, ProcessPlace, CancellationToken, Task<ClusterProcess?>> start)
    {
        var options = new ClusterOptions();
        var untilInputEnds = new Option<bool>(ParentWatch.Option)
        {
            Description = "End at once when standard input does: for a program that starts this one, and takes it along when it dies.",
        };
        var command = new Command(name, description) { untilInputEnds };
        add(options, command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(untilInputEnds))
                ParentWatch.Begin();
            await using var process = await start(options.Definition(parsed), options.Place(parsed), cancellation);
            if (process is not null)
            {
                using var hangup = Interruption.OnHangup(
                    process.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
                Console.Out.WriteLine($"ready {process.Describe()}");
                ServiceManager.NoteReady(process.Services.GetRequiredService<IHostApplicationLifetime>());
                await process.WaitForShutdown();
            }

            Console.Out.WriteLine($"stopped after {Amounts.Duration(ProcessTime.Uptime)}");
            return 0;
        });
        return command;
    }
}
