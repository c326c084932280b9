using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Support;
using Chia.Silo.Hosting;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>The units of a cluster wait for a word as that of a node does (<c>deploy/systemd</c>, <c>Type=notify</c>).</summary>
public class ServiceTests
{
    [Theory]
    [InlineData("silo")]
    [InlineData("gateway")]
    public async Task Systemd_is_told_when_a_process_is_ready_and_when_it_stops(string kind)
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        await cluster.StartSilo();
        using var systemd = new SystemdSocket();
        string[] ports = kind == "silo" ? ["--silo-port", $"{FreePorts.FindRun(1)}", "--client-port", $"{FreePorts.FindRun(1)}"] : [];
        await using var process = ChiaProcess.StartWith(systemd.Variable, [kind, "--cluster", cluster.ClusterFile, .. ports]);

        await systemd.HearsOf(process);
    }
}
