using System.Net;
using Chia.Silo.Node;
using Chia.Silo.Simulation.Checks;

namespace Chia.Silo.Simulation.Plan;

/// <summary>What <c>chia simulate</c> was asked for.</summary>
/// <param name="Root">Folder of the network: keys, plots, genesis, nodes.</param>
/// <param name="Nodes">Full nodes.</param>
/// <param name="K">Size of new plots; null if nobody said.</param>
/// <param name="Plots">Plots wanted; null if nobody said.</param>
/// <param name="Blocks">Height at which to stop; null for never.</param>
/// <param name="BlockTime">Seconds between blocks that a new network aims at; null if nobody said.</param>
/// <param name="KillTest">Every half minute end a random node, or a process of the cluster, and start it again.</param>
/// <param name="Timeout">Seconds until <paramref name="Blocks"/> must be reached; null for no limit.</param>
internal sealed record SimulationOptions(
    string Root, int Nodes, int? K, int? Plots, uint? Blocks, double? BlockTime, bool KillTest, double? Timeout)
{
    /// <summary>Where the API listens.</summary>
    public ApiPort Api { get; init; } = new(IPAddress.Loopback, ApiPort.Default, MayMove: true);

    /// <summary>The cluster that its full nodes are to live on; null: each is a host of its own.</summary>
    public ClusterShape? Cluster { get; init; }

    /// <summary>How log lines are written, and which; into simulation.log in the folder unless a file is named.</summary>
    public LogSettings Log
    {
        get => field.File.Length > 0 ? field : field with { File = Path.Combine(Path.GetFullPath(Root), "simulation.log") };
        init;
    } = new();

    /// <summary>What it must come to; null for nothing.</summary>
    public Assertions? Assertions { get; init; }

    /// <summary>What keys, plots and kills follow from; null for chance.</summary>
    public int? Seed { get; init; }

    /// <summary>Constants of a new network, as <c>constants.X=Y</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The file that the simulation is saved in at the end; null for none.</summary>
    public string? Save { get; init; }

    /// <summary>The file that it goes on from; null for none.</summary>
    public string? Load { get; init; }

    /// <summary>The height that ends it, of its own or of what it must come to.</summary>
    public uint? LastHeight => Blocks ?? Assertions?.Height;

    /// <summary>Plots of this size are made in seconds.</summary>
    public const int DefaultK = 17;

    /// <summary>Enough for a proof to nearly every challenge.</summary>
    public const int DefaultPlots = 6;

    /// <summary>Seconds: often enough to be watched.</summary>
    public const double DefaultBlockTime = 10;

    /// <summary>Nodes are few and close, so they look for each other often.</summary>
    public static readonly TimeSpan IntroducerInterval = TimeSpan.FromSeconds(3);
}
