using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Chia.Gateway;
using Chia.Grains.Diagnostics;
using Chia.Silo.Api;
using Chia.Silo.Telemetry;
using Chia.Testing;

namespace Chia.Silo.Tests.Documents;

/// <summary>What is measured is what OPERATIONS.md 4 says is measured. A test on running nodes holds the labels.</summary>
public sealed class DocumentedMetricTests
{
    [Fact]
    public void Every_instrument_has_a_row_and_every_row_an_instrument()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Chia)
                    found.Add(NameOf(instrument));
            },
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(ChiaMeter).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(RoleGateway).Assembly.GetType("Chia.Gateway.Diagnostics.GatewayMeter")!.TypeHandle);
        using var metrics = new NodeMetrics(new NoNodes());

        Assert.Equal(MetricRow.All.Select(row => row.Name).Order(StringComparer.Ordinal), found);
    }

    /// <summary>As the exporter for Prometheus spells it: the unit behind the name, and what kind of number it is.</summary>
    private static string NameOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return instrument.Name.Replace('.', '_') + unit + (kind.Contains("Counter", StringComparison.Ordinal) ? "_total" : "");
    }

    private sealed class NoNodes : INodeSource
    {
        public IReadOnlyList<string> Names => [];

        public ApiNode? Find(string? name) => null;

        public void Stop()
        {
        }
    }
}
