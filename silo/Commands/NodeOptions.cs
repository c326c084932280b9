using System.CommandLine;
using Chia.Silo.Api;
using Chia.Silo.Views;

namespace Chia.Silo.Commands;

/// <summary>Which node a command asks, and how it answers: for every command over the API (OPERATIONS 2).</summary>
internal sealed class NodeOptions
{
    private readonly Option<string?> _network = CommonOptions.Network();
    private readonly Option<string?> _root = CommonOptions.Root();
    private readonly Option<string?> _rpc = CommonOptions.Rpc();
    private readonly Option<string?> _node = new("--node") { Description = "Which node of a simulation.", HelpName = "NAME" };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Makes a command with these options behind its own.</summary>
    public Command Command(
        string name, string description, Func<ParseResult, ApiClient, CancellationToken, Task<int>> run, params Symbol[] own)
    {
        var command = new Command(name, description);
        foreach (var symbol in own)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        foreach (var option in new Option[] { _network, _root, _rpc, _node, _json })
            command.Add(option);
        command.SetAction((parsed, cancellation) => Interruption.Run(
            async stopping =>
            {
                using var client = Connect(parsed);
                try
                {
                    return await run(parsed, client, stopping);
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    return Interruption.ExitCode;
                }
            },
            cancellation));
        return command;
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    public NodeFinder Finder(ParseResult parsed) => new(parsed.GetValue(_rpc), parsed.GetValue(_root), parsed.GetValue(_network));

    private ApiClient Connect(ParseResult parsed) => new(Finder(parsed).ApiAddress(), parsed.GetValue(_node));

    /// <summary>Prints an answer as it came: the API's own shapes.</summary>
    public static void Print(string json) => Console.Out.WriteLine(Printable.Escape(json));
}
