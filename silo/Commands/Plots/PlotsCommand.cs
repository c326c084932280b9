using System.CommandLine;

namespace Chia.Silo.Commands.Plots;

/// <summary><c>chia plots create|check|add|list|remove</c>.</summary>
internal static class PlotsCommand
{
    public static Command Create() =>
        new("plots", "Plots: make them, check them, say which to farm with.")
        {
            PlotsCreateCommand.Create(),
            PlotsCheckCommand.Create(),
            PlotsListCommands.Add(),
            PlotsListCommands.List(),
            PlotsListCommands.Remove(),
        };

    public static Option<string?> Folder(string description) => new("--dir") { Description = description, HelpName = "DIR" };
}
