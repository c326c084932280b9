using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Chia.Storage.Errors;

namespace Chia.Silo.Commands;

/// <summary>The command line's root. Whatever a person can mend ends as one line on standard error.</summary>
public static partial class ChiaCommand
{
    /// <summary>Wrong usage, an unreachable peer, a damaged file, a port in use, a store of another network.</summary>
    public const int UsageExitCode = 2;

    public static async Task<int> Run(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
            return Complain(string.Join("; ", parsed.Errors.Select(e => Humanly(e.Message))) + $" (see: chia {CommandPath(parsed.CommandResult)}--help)");
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration);
        }
        catch (UserException error)
        {
            return Complain(error.Message, error.ExitCode);
        }
        catch (Exception error) when (error is StoreException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // A disk that is full, a file that may not be read, a network file whose genesis block breaks its own rules.
            return Complain(error.Message);
        }
    }

    /// <summary>The parser names the types of the program; people know numbers.</summary>
    private static string Humanly(string message) => ExpectedType().Replace(
        message, match => match.Value.Contains("Double", StringComparison.Ordinal) ? ": expected a number" : ": expected a whole number");

    [GeneratedRegex(@" as expected type '[^']*(Int32|Double)[^']*'")]
    private static partial Regex ExpectedType();

    private static RootCommand Create() =>
        new("A node for the Chia alpha network of December 2019: private proof-of-space-and-time networks on one laptop or over a cluster.")
        {
            SimulateCommand.Create(),
            StartCommand.Create(),
            DbCommand.Create(),
            InitCommand.Create(),
            KeysCommand.Create(),
            PlotsCommand.Create(),
            NetworkCommand.Create(),
            ShowCommand.Create(),
            BenchCommand.Create(),
        };

    private static int Complain(string message, int exitCode = UsageExitCode)
    {
        Console.Error.WriteLine($"chia: {message}");
        return exitCode;
    }

    private static string CommandPath(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{CommandPath(parent)}{command.Command.Name} " : "";
}
