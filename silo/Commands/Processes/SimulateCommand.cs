using System.CommandLine;
using Chia.Silo.Commands.Options;
using Chia.Silo.Simulation;
using Chia.Silo.Simulation.Plan;

namespace Chia.Silo.Commands.Processes;

/// <summary><c>chia simulate</c>: a whole network on this machine, before the viewer's eyes.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var options = new SimulateOptions();
        var command = new Command("simulate", "Farms a network of its own on loopback: introducer, full nodes, farmer, harvester, timelord.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Run(options.Read(parsed), cancellation));
        return command;
    }

    private static Task<int> Run(SimulationOptions options, CancellationToken cancellation) => Interruption.Run(
        async stopping =>
        {
            try
            {
                return await new SimulationRun(options).Run(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped while keys, plots or genesis were made; the next start goes on from there.
                if (options.LastHeight is null && options.Assertions is null)
                    return 0;
                throw new UserException(
                    $"height {options.LastHeight} was not reached: stopped before the network had started", exitCode: 1);
            }
        },
        cancellation);
}
