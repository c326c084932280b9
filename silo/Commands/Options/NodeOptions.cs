using System.CommandLine;
using Chia.Silo.Api;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Options;

/// <summary>Which node a command asks, and how it answers: for every command over the API (OPERATIONS 2).</summary>
internal sealed class NodeOptions
{
    private readonly NodeFinder _finder = new();
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

        _finder.AddTo(command);
        command.Add(_node);
        command.Add(_json);
        command.SetAction((parsed, cancellation) => Interruption.Run(
            async stopping =>
            {
                using var client = _finder.Connect(parsed, parsed.GetValue(_node));
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

    /// <summary>Prints an answer as it came: the API's own shapes.</summary>
    public static void Print(string json) => Console.Out.WriteLine(Printable.Escape(json));
}
