using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Chia.Gateway;
using Chia.Grains.Diagnostics;
using Chia.Silo.Api.Requests;
using Chia.Silo.Telemetry;
using Chia.Testing;

namespace Chia.Silo.Tests.Documents;

/// <summary>What is measured is what OPERATIONS.md 4 says is measured. A test on running nodes holds the labels.</summary>
public sealed partial class DocumentedMetricTests
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

    /// <summary>What is a node's every process of a cluster says: who adds it up takes one of each node first.</summary>
    [Theory]
    [InlineData("dashboard.json")]
    [InlineData("alerts.yaml")]
    public void Nothing_of_a_node_is_counted_once_for_each_process(string file)
    {
        var ofNodes = MetricRow.All.Where(row => row.Labels.Contains("node")).Select(row => row.Name).ToHashSet();
        var added = Sum().Matches(Checkout.Read("deploy", "grafana", file)).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(added);
        Assert.DoesNotContain(added, ofNodes.Contains);
        Assert.Contains("chia_peers", ofNodes);
    }

    [Fact]
    public void A_sum_over_processes_is_seen() => Assert.Equal(
        ["chia_peers", "chia_peers", ""],
        new[] { "sum(chia_peers)", "sum by (node) (chia_peers{x})", "sum by (a) (max by (node) (chia_peers))" }
            .Select(text => Sum().Match(text).Groups[1].Value));

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

    [GeneratedRegex(@"sum(?: by \([^)]*\))? ?\((?:rate\(|increase\()?(chia_[a-z_]+)")]
    private static partial Regex Sum();

    private sealed class NoNodes : INodeSource
    {
        public IReadOnlyList<string> Names => [];

        public ApiNode? Find(string? name) => null;

        public void Stop()
        {
        }
    }
}
