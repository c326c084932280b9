using System.Diagnostics;
using Chia.GrainInterfaces.Clusters;
using Chia.Silo.Views;
using Orleans.Runtime;

namespace Chia.Silo.Clusters;

/// <summary>
/// What Orleans cannot go on after, above all that the others have declared this silo dead: its process ends at once, so that it does
/// nothing any more that another does already, and says so in a line. Left alone Orleans ends it with hundreds of lines of stacks.
/// </summary>
internal sealed class SiloEnds : IFatalErrorHandler
{
    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        Console.Error.WriteLine($"chia: {Line(context, exception)}");
        Console.Error.Flush();

        // Not Exit, which waits for whatever else runs.
        Process.GetCurrentProcess().Kill();
    }

    internal static string Line(string? context, Exception? error)
    {
        // What follows is every member that Orleans knows.
        var why = (context ?? "a fault of Orleans").Split(" Membership: ")[0].TrimEnd('.', ' ');
        var more = error is null ? "" : $": {CallFaults.Said(error)}";
        return Printable.Escape($"this silo ends, and others go on with its work: {why}{more}. Start it again");
    }
}
