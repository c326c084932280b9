using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Rpc;
using Chia.Silo.Simulation;

namespace Chia.Silo.Commands;

/// <summary><c>chia simulate</c>: a network on this machine, before the viewer's eyes.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var root = new Option<string?>("--root") { Description = "Folder to keep the nodes in; a temporary one by default.", HelpName = "DIR" };
        var blocks = new Option<uint?>("--blocks") { Description = "Stop with exit code 0 when every node has this height.", HelpName = "N" };
        var command = new Command("simulate", "Runs two nodes on loopback: the second syncs the sample chain from the first, then both serve it.") { root, blocks };
        command.SetAction((parsed, cancellation) => Run(parsed.GetValue(root), parsed.GetValue(blocks), cancellation));
        return command;
    }

    private static async Task<int> Run(string? root, uint? untilHeight, CancellationToken cancellation)
    {
        var folder = root ?? Directory.CreateTempSubdirectory("chia-simulation-").FullName;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }

        try
        {
            var first = Path.Combine(folder, "node-1");
            Directory.CreateDirectory(first);
            await SampleChain.Import(first, stopping.Token);
            await using var serving = await NodeHost.Start(Settings(first), stopping.Token);
            var second = Path.Combine(folder, "node-2");
            Directory.CreateDirectory(second);
            await using var syncing = await NodeHost.Start(
                Settings(second, new PeerEndpoint("127.0.0.1", (ushort)serving.PortOf(NodeType.FullNode))), stopping.Token);
            var view = new LiveView(async () => [("node-1", await serving.GetStatus()), ("node-2", await syncing.GetStatus())]);
            await view.Run(nodes => untilHeight is { } height && nodes.All(n => n.Status is { } s && s.Height >= height), stopping.Token);
            return 0;
        }
        finally
        {
            if (root is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static NodeSettings Settings(string root, params PeerEndpoint[] connect) => new()
    {
        Network = SampleChain.Network,
        Root = root,
        Roles = [new RoleSettings(NodeType.FullNode, 0) { Address = IPAddress.Loopback, Connect = connect }],
        Logging = _ => { },
    };
}
