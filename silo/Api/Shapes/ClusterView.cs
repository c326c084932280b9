namespace Chia.Silo.Api.Shapes;

/// <summary>The cluster that runs the node: in one process, one silo.</summary>
/// <param name="Silos">Its silos.</param>
/// <param name="Grains">Where what there is one of lives; absent while it does not live.</param>
/// <param name="Gateways">Gateways that hold connections.</param>
/// <param name="Dashboard">The process that answers has the dashboard of Orleans, at /orleans.</param>
internal sealed record ClusterView(
    IReadOnlyList<SiloRow> Silos, IReadOnlyList<GrainRow> Grains, IReadOnlyList<GatewayRow> Gateways, bool Dashboard);

/// <summary>A silo.</summary>
internal sealed record SiloRow(string Name, string Address, string Host, string Status, DateTimeOffset Started);

/// <summary>A grain there is one of for each node.</summary>
/// <param name="Grain">chain, sync, full_node, farmer, harvester, timelord, introducer.</param>
/// <param name="Silo">Address of its silo.</param>
internal sealed record GrainRow(string Grain, string? Silo);

/// <summary>A gateway.</summary>
internal sealed record GatewayRow(string Id, int Connections);
