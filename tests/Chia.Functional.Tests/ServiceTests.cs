using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>What a service manager is told (systemd, <c>Type=notify</c>).</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Systemd_is_told_when_a_node_is_ready_and_when_it_stops()
    {
        using var folder = new TempFolder();
        using var systemd = new SystemdSocket();
        await using var node = ChiaProcess.StartWith(
            systemd.Variable, "start", "introducer", "--root", folder.Sub("root"), "--host", "127.0.0.1", "--port", "0");

        await systemd.HearsOf(node);
    }
}
