using System.CommandLine;
using System.Text.RegularExpressions;
using Chia.Silo.Commands;
using Chia.Testing;

namespace Chia.Silo.Tests.Documents;

/// <summary>The command line is what docs/operations.md and OPERATIONS.md 2 say it is.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly Command Root = ChiaCommand.Parse([]).RootCommandResult.Command;

    private static string Manual => Checkout.Read("docs", "operations.md");

    public static TheoryData<string> Documents => [Manual, Checkout.Read("docs", "spec", "OPERATIONS.md")];

    [Fact]
    public void Every_command_is_in_the_manual() =>
        Assert.Empty(Leaves(Root).Where(IsNoBench).Select(PathOf).Except(Rows(Manual).SelectMany(Named).Select(PathOf)));

    [Fact]
    public void Every_option_is_in_the_manual() =>
        Assert.Empty(
            All(Root).Where(IsNoBench).SelectMany(command => command.Options)
                .Where(option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal))
                .Select(option => option.Name).Distinct()
                .Except(Option().Matches(Manual).Select(m => m.Value)));

    /// <summary>OPERATIONS: what runs until it is stopped has its log for programs; a script is one.</summary>
    [Fact]
    public void Every_command_that_answers_has_json() =>
        Assert.Equal(
            ["completion", "gateway", "silo", "simulate", "start"],
            Leaves(Root).Where(command => !OptionsOf(command).Contains("--json")).Select(PathOf).Order());

    /// <summary>Of rows of tables that begin with a command.</summary>
    [Theory]
    [MemberData(nameof(Documents), DisableDiscoveryEnumeration = true)]
    public void Every_option_that_a_document_gives_a_command_is_one_of_it(string document) =>
        Assert.Empty(
            from row in Rows(document)
            let commands = Named(row).ToList()
            from option in Option().Matches(row.Split('|', 3)[1]).Select(m => m.Value)
            where commands.Count > 0 && !commands.SelectMany(OptionsOf).Contains(option)
            select $"{row}: {option}");

    [Fact]
    public void What_is_not_there_is_found()
    {
        const string row = "| `plots create [--sise N]`, `peers list\\|add HOST\\|unban ADDRESS`, `bench [bls\\|bsl\\|vdf]` | text |";
        Assert.Equal(
            ["plots create", "peers list", "peers add", "peers unban", "bench", "bench bls", "bench vdf"],
            Named(Cell(row)).Select(PathOf));
        Assert.DoesNotContain("--sise", Named(Cell(row)).SelectMany(OptionsOf));
        Assert.Contains("--pool-key", Named(Cell(row)).SelectMany(OptionsOf));
    }

    /// <summary>What each bench measures, and how much of it, is told where the figures are: docs/performance.md.</summary>
    private static bool IsNoBench(Command command) => !PathOf(command).StartsWith("bench ", StringComparison.Ordinal);

    private static IEnumerable<string> Rows(string document) =>
        document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Cell);

    /// <summary>The row, with a bar inside a cell written as the character that it stands for in a command line.</summary>
    private static string Cell(string row) => row.Replace("\\|", "¦", StringComparison.Ordinal);

    /// <summary>The commands of a row's first cell: what stands behind a bar is a sibling of what stands before it, in brackets a part of
    /// it.</summary>
    private static IEnumerable<Command> Named(string row)
    {
        foreach (var span in Code().Matches(row.Split('|', 3)[1]).Select(m => m.Groups[1].Value))
        {
            Command? last = null;
            foreach (var part in Bracketed().Replace(span, "").Split('¦'))
            {
                var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word == "chia").ToArray();
                var found = Find(Root, words) ?? (last?.Parents.FirstOrDefault() is Command parent ? Find(parent, words) : null);
                if (found is null)
                    continue;
                yield return last = found;
            }

            foreach (var word in Bracketed().Matches(span).SelectMany(m => m.Value.Trim('[', ']').Split('¦')))
            {
                if (last?.Subcommands.FirstOrDefault(command => command.Name == word) is { } child)
                    yield return child;
            }
        }
    }

    private static Command? Find(Command from, string[] words)
    {
        var found = from;
        foreach (var word in words)
        {
            if (found.Subcommands.FirstOrDefault(command => command.Name == word) is not { } next)
                break;
            found = next;
        }

        return found == from ? null : found;
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static IEnumerable<Command> Leaves(Command root) => All(root).Where(command => command.Subcommands.Count == 0);

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf));

    private static string PathOf(Command command) =>
        command.Parents.FirstOrDefault() is Command parent && parent != Root ? $"{PathOf(parent)} {command.Name}" : command.Name;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[[^\[\]]*(\[[^\]]*\][^\[\]]*)*\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex("(?<![\\w-])--[a-z]+(-[a-z]+)*")]
    private static partial Regex Option();
}
