using System.CommandLine;
using Chia.Silo.Clusters;

namespace Chia.Silo.Commands;

/// <summary><c>chia cluster</c>: what is done to a cluster as a whole.</summary>
internal static class ClusterCommand
{
    public static Command Create() => new("cluster", "Makes a cluster's tables, shows what it does, moves work away from a silo.")
    {
        Init(),
    };

    private static Command Init()
    {
        var options = new ClusterOptions();
        var command = new Command("init", "Makes the tables of a cluster in its database, if they are not there.");
        options.AddFile(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var cluster = options.Definition(parsed);
            var made = await ClusterSchema.Create(cluster, cancellation);
            Console.Out.WriteLine(made ? $"cluster {cluster.Id}: tables made" : $"cluster {cluster.Id}: the tables are there");
        });
        return command;
    }
}
