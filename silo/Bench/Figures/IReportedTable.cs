namespace Chia.Silo.Bench.Figures;

/// <summary>Figures that can be printed together.</summary>
internal interface IReportedTable
{
    /// <summary>Them.</summary>
    IEnumerable<ReportedFigure> Figures { get; }

    /// <summary>Prints them.</summary>
    void Write();
}
