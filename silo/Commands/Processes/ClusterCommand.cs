using System.CommandLine;
using Chia.Silo.Api.Requests;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Processes;

/// <summary><c>chia cluster</c>: what is done to a cluster as a whole.</summary>
internal static class ClusterCommand
{
    public static Command Create() => new("cluster", "Makes a cluster's tables, shows what it does, moves work away from a silo.")
    {
        Init(),
        Status(),
        Drain(),
    };

    /// <summary>Exit code 0 if every role that a node needs is there, 1 if not.</summary>
    private static Command Status()
    {
        var options = new ClusterOptions();
        var json = CommonOptions.Json();
        var command = new Command("status", "Shows silos, gateways, and where what there is once a node lives.") { json };
        options.AddFile(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var cluster = options.Definition(parsed);
            var report =
                await ClusterTool.Ask(cluster, grain => grain.GetReport([.. cluster.Nodes.Select(node => node.Name)]), cancellation);
            report = report with
            {
                MissingRoles = ClusterView.MissingOf(cluster, report),
                Singletons = ClusterView.OfItsRoles(cluster, report.Singletons),
            };
            Console.Out.Write(
                parsed.GetValue(json) ? ClusterView.Json(report) + Environment.NewLine : ClusterView.Text(cluster.Id, report));
            return report.MissingRoles.Length == 0 ? 0 : 1;
        });
        return command;
    }

    private static Command Drain()
    {
        var options = new ClusterOptions();
        var json = CommonOptions.Json();
        var silo = new Argument<string>("SILO") { Description = "Its name, as `cluster status` shows it." };
        var command = new Command("drain", "Tells a silo to hand over its work and to end.") { silo, json };
        options.AddFile(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var cluster = options.Definition(parsed);
            var name = parsed.GetRequiredValue(silo);
            var (report, isThere) = await ClusterTool.Ask(
                cluster, async grain => (await grain.GetReport([]), await grain.Drain(name)), cancellation);
            if (!isThere)
                throw new UserException($"cluster {cluster.Id} has no active silo '{name}': `chia cluster status` shows them");
            var missed = ClusterView.MissedWithout(cluster, report, name).ToList();
            if (parsed.GetValue(json))
            {
                new ResultLine().With("silo", name).With("missing_roles", missed).Print(asJson: true);
                return;
            }

            Console.Out.WriteLine($"{name} hands over its work and ends");
            foreach (var role in missed)
                Console.Out.WriteLine($"no other silo has the role {role}: calls that need it fail until one does");
        });
        return command;
    }

    private static Command Init()
    {
        var (options, json) = (new ClusterOptions(), CommonOptions.Json());
        var command = new Command("init", "Makes the tables of a cluster in its database, if they are not there.") { json };
        options.AddFile(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var cluster = options.Definition(parsed);
            var made = await ClusterSchema.Create(cluster, cancellation);
            new ResultLine().With("cluster", cluster.Id).With("made", made)
                .Print(parsed.GetValue(json), inWords: $"cluster {cluster.Id}: {(made ? "tables made" : "the tables are there")}");
        });
        return command;
    }
}
