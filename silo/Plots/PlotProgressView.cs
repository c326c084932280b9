using Chia.Cryptography.Plots;
using Chia.Silo.Views;

namespace Chia.Silo.Plots;

/// <summary>A progress bar per phase of a plot (POSPACE.md 8).</summary>
internal sealed class PlotProgressView(string plot) : IProgress<PlotProgress>, IDisposable
{
    private PlotPhase _phase;
    private ProgressView? _view;

    public void Report(PlotProgress value)
    {
        if (_view is null || value.Phase != _phase)
        {
            _view?.Dispose();
            _phase = value.Phase;
            _view = new ProgressView($"{plot}, {Name(value.Phase)}", "tables", Tables(value.Phase));
        }

        _view.Report(Before(value) + ((double)value.Done / Math.Max(1, value.Total)), "");
    }

    public void Dispose() => _view?.Dispose();

    private static string Name(PlotPhase phase) => phase switch
    {
        PlotPhase.Forward => "phase 1 of 4, computing",
        PlotPhase.Backward => "phase 2 of 4, marking",
        PlotPhase.Compress => "phase 3 of 4, compressing",
        _ => "phase 4 of 4, checkpoints",
    };

    /// <summary>Tables that a phase goes through: 1 … 7, 7 … 3, 1 … 6, and 7.</summary>
    private static int Tables(PlotPhase phase) => phase switch
    {
        PlotPhase.Forward => 7,
        PlotPhase.Backward => 5,
        PlotPhase.Compress => 6,
        _ => 1,
    };

    private static int Before(PlotProgress value) => value.Phase switch
    {
        PlotPhase.Forward or PlotPhase.Compress => value.Table - 1,
        PlotPhase.Backward => 7 - value.Table,
        _ => 0,
    };
}
