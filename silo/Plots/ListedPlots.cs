using System.Text.Json.Serialization;

namespace Chia.Silo.Plots;

/// <summary>What plots.yaml lists, for programs.</summary>
/// <param name="Plots">In the order of the list.</param>
/// <param name="There">Those that are there and listed once.</param>
/// <param name="Bytes">All files together.</param>
internal sealed record ListedPlots(IReadOnlyList<ListedPlot> Plots, int There, long Bytes);

/// <summary>One of them.</summary>
/// <param name="Path">Its file.</param>
/// <param name="PlotId">Its id.</param>
/// <param name="State">Whether it can be farmed with.</param>
/// <param name="Bytes">Length of the file; 0 if it is not there.</param>
internal sealed record ListedPlot(string Path, string PlotId, ListedPlotState State, long Bytes);

/// <summary>Whether a listed plot can be farmed with.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ListedPlotState>))]
internal enum ListedPlotState
{
    /// <summary>It is there.</summary>
    [JsonStringEnumMemberName("there")]
    There,

    /// <summary>Its file is not there: a drive that is away, or a file that was deleted.</summary>
    [JsonStringEnumMemberName("not_there")]
    NotThere,

    /// <summary>It is listed before, under another name.</summary>
    [JsonStringEnumMemberName("listed_twice")]
    ListedTwice,
}

/// <summary>Names in snake case, as everywhere.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ListedPlots))]
[JsonSerializable(typeof(CheckedPlots))]
[JsonSerializable(typeof(MadePlot[]))]
internal sealed partial class PlotsJson : JsonSerializerContext;
