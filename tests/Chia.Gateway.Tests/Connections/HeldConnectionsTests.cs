using System.Diagnostics.Metrics;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Connections;

/// <summary>What a process holds itself is what gateways are added by (CLUSTER.md 7, OPERATIONS.md 4).</summary>
public sealed class HeldConnectionsTests
{
    [Fact]
    public async Task A_connection_is_counted_once_from_its_beginning_to_its_end()
    {
        await using var harness = new LinkHarness();
        var links = new LinkTable(
            new GatewayOptions { Role = Role.Harvester, Network = Testnet.Definition }, TimeProvider.System);

        Assert.Equal(0, Held("harvester"));
        links.Add(harness.Link);
        links.Add(harness.Link);
        Assert.Equal(1, Held("harvester"));
        links.Remove(harness.Link);
        links.Remove(harness.Link);
        Assert.Equal(0, Held("harvester"));
    }

    /// <summary>No other test here plays that role.</summary>
    private static int Held(string role)
    {
        var held = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "chia.gateway_connections")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, labels, _) =>
        {
            if (labels[0].Value as string == role)
                held = value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return held;
    }
}
