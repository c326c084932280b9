using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chia.Silo.Commands.Options;
using Chia.Silo.Commands.Plots;
using Chia.Silo.Commands.Processes;
using Chia.Silo.Commands.Questions;
using Chia.Silo.Commands.Setup;
using Chia.Silo.Commands.Stores;
using Chia.Silo.Views;
using Chia.Storage.Errors;

namespace Chia.Silo.Commands;

/// <summary>The command line's root. Whatever a person can mend ends as one line on standard error.</summary>
internal static partial class ChiaCommand
{
    /// <summary>Wrong usage, an unreachable peer, a damaged file, a port in use, a store of another network.</summary>
    public const int UsageExitCode = 2;

    private const string Beginning = """
        A node for the Chia alpha network of December 2019.

        To begin with:
          chia simulate           a whole network on this machine, farming before your eyes
          chia keys generate      keys for a farmer and its harvester
          chia plots create       plots to farm with
          chia start ROLE …       a node: full_node, farmer, harvester, timelord, introducer
          chia show               what a node is doing

        All commands: chia --help. One of them: chia COMMAND --help.
        """;

    public static async Task<int> Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Out.Write(Beginning + Environment.NewLine);
            return 0;
        }

        var parsed = Parse(args);
        if (parsed.Errors.Count > 0 || MisspelledOption(parsed) is not null)
            return Complain(Complaint(parsed));
        TellMisspelledVariables(parsed.CommandResult.Command);
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = Terminal.RawOut,
                Error = Terminal.RawError,
            };
            return await parsed.InvokeAsync(configuration);
        }
        catch (UserException error)
        {
            return Complain(error.Message, error.ExitCode);
        }
        catch (Exception error) when (
            error is StoreException or IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            // A disk that is full, a file that may not be read, a network file whose genesis block breaks its own rules.
            return Complain(error.Message);
        }
    }

    /// <summary>What a command line means; its errors are in it.</summary>
    public static ParseResult Parse(IReadOnlyList<string> args) =>
        // A value may begin with @: it is no file of arguments.
        Create(args.Count > 0 ? args[0] : null).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>What is wrong with a command line that has errors, on one line.</summary>
    public static string Complaint(ParseResult parsed) =>
        MissingCommand(parsed) ?? Misspelled(parsed) ?? MisspelledOption(parsed) ?? Prose(parsed);

    /// <summary>All commands by name, in the order of the help.</summary>
    internal static IReadOnlyList<(string Name, Func<Command> Create)> Commands { get; } =
    [
        ("simulate", SimulateCommand.Create),
        ("start", StartCommand.Create),
        ("silo", SiloCommand.CreateSilo),
        ("gateway", SiloCommand.CreateGateway),
        ("cluster", ClusterCommand.Create),
        ("db", DbCommand.Create),
        ("init", InitCommand.Create),
        ("keys", KeysCommand.Create),
        ("plots", PlotsCommand.Create),
        ("network", NetworkCommand.Create),
        ("config", ConfigCommand.Create),
        ("show", ShowCommand.Create),
        ("status", StatusCommand.Create),
        ("stop", StatusCommand.Stop),
        ("block", BlockCommand.Create),
        ("peers", PeersCommand.Create),
        ("farm", FarmCommand.Create),
        ("watch", WatchCommand.Create),
        ("logs", WatchCommand.Logs),
        ("log-level", WatchCommand.LogLevel),
        ("netspace", NetspaceCommand.Create),
        ("bench", BenchCommand.Create),
        (CompletionCommand.Name, CompletionCommand.Create),
    ];

    /// <summary>The root with the command that is named first alone: to make all the others takes longer than to read the line. With all
    /// of them if none is.</summary>
    private static RootCommand Create(string? first)
    {
        var root = new RootCommand(
            "A node for the Chia alpha network of December 2019: private proof-of-space-and-time networks on one laptop or over a cluster.");
        var named = Commands.Where(command => command.Name == first).ToList();
        foreach (var (_, create) in named.Count > 0 ? named : Commands)
            root.Add(create());
        return root;
    }

    private static string Prose(ParseResult parsed) =>
        string.Join("; ", parsed.Errors.Select(e => Humanly(e.Message))) + $" (see: chia {CommandPath(parsed.CommandResult)}--help)";

    /// <summary>The parser names the types of the program; people know numbers.</summary>
    private static string Humanly(string message) => ExpectedType().Replace(
        OnOneLine().Replace(message, match => match.Value[0] == ':' ? ": " : ", "),
        match => match.Value.Contains("Double", StringComparison.Ordinal) ? ": expected a number" : ": expected a whole number");

    [GeneratedRegex(@":?\s*\n\s*")]
    private static partial Regex OnOneLine();

    [GeneratedRegex(@" as expected type '[^']*(Int32|Double)[^']*'")]
    private static partial Regex ExpectedType();

    /// <summary>A group of commands and none of them, at most an option that they have: which there are.</summary>
    private static string? MissingCommand(ParseResult parsed)
    {
        var group = parsed.CommandResult.Command;
        if (group is RootCommand or { Action: not null } or { Subcommands.Count: 0 })
            return null;
        if (parsed.UnmatchedTokens is [var word, ..] && !group.Subcommands.Any(c => c.Options.Any(o => o.Name == word.Split('=')[0])))
            return null;
        var path = CommandPath(parsed.CommandResult);
        var names = string.Join(", ", group.Subcommands.Select(c => c.Name));
        return $"'chia {path.TrimEnd()}' needs a command: {names} (see: chia {path}--help)";
    }

    /// <summary>Where a command was expected and another word stands: what it may have been meant to be.</summary>
    private static string? Misspelled(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0 || command.Arguments.Count > 0 || parsed.UnmatchedTokens is not [var word, ..]
            || LooksLikeOption(word))
        {
            return null;
        }

        var path = CommandPath(parsed.CommandResult);
        return Suggestion.For(word, command.Subcommands.Select(c => c.Name)) is { } meant
            ? $"there is no command '{path}{word}': did you mean 'chia {path}{meant}'?"
            : $"there is no command '{path}{word}' (see: chia {path}--help)";
    }

    /// <summary>An option that the command does not have, be it taken for one of its arguments or for nothing.</summary>
    private static string? MisspelledOption(ParseResult parsed)
    {
        // An argument may begin with one hyphen: a number below 0.
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value).Where(word => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal))
            .Concat(parsed.UnmatchedTokens.Where(LooksLikeOption));
        if (words.FirstOrDefault() is not { } found)
            return null;
        var (word, path) = (found.Split('=')[0], CommandPath(parsed.CommandResult));
        var said = $"'{$"chia {path}".TrimEnd()}' has no option {word}";
        return Suggestion.For(word, parsed.CommandResult.Command.Options.Select(option => option.Name)) is { } meant
            ? $"{said}: did you mean {meant}?"
            : $"{said} (see: chia {path}--help)";
    }

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-';

    /// <summary>A line of warning each, never an error. Not for a script of completion: a shell runs it at every login.</summary>
    private static void TellMisspelledVariables(Command command)
    {
        if (command.Name == CompletionCommand.Name)
            return;
        foreach (var line in EnvironmentVariables.Misspelled([.. Environment.GetEnvironmentVariables().Keys.OfType<string>()]))
            Console.Error.WriteLine($"chia: {Printable.Escape(line)}");
    }

    private static int Complain(string message, int exitCode = UsageExitCode)
    {
        Console.Error.WriteLine($"chia: {message}");
        return exitCode;
    }

    private static string CommandPath(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{CommandPath(parent)}{command.Command.Name} " : "";
}
