namespace Chia.Silo.Simulation.Plan;

/// <summary>The cluster that a simulation's full nodes are to live on.</summary>
/// <param name="Silos">Silo processes.</param>
/// <param name="Gateways">Gateway processes.</param>
/// <param name="Database">PostgreSQL, in Npgsql's words or as a URL; null: a server of the simulation's own.</param>
internal sealed record ClusterShape(int Silos, int Gateways, string? Database)
{
    /// <summary>Default number of silos: one can die, and the other two still agree that it did.</summary>
    public const int DefaultSilos = 3;

    /// <summary>Default number of gateways: one can die, and its peers come back through the other.</summary>
    public const int DefaultGateways = 2;
}
