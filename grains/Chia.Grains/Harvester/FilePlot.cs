using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;
using Chia.Storage.Files;

namespace Chia.Grains.Harvester;

/// <summary>A plot file.</summary>
public sealed class FilePlot : IPlot
{
    private readonly PlotProver _prover;

    private FilePlot(PlotProver prover) => _prover = prover;

    /// <inheritdoc/>
    public Bytes32 PlotId => _prover.PlotId;

    /// <inheritdoc/>
    public byte Size => (byte)_prover.K;

    /// <summary>Opens a plot file.</summary>
    /// <exception cref="IOException">There is no such file, or it is not a sound plot; the message names it.</exception>
    public static FilePlot Open(string path)
    {
        RegularFile.Require(path);
        if (new FileInfo(path) is var info && (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0)
            throw new IOException($"{path} is empty, and no plot");
        return new(PlotProver.Open(path));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Bytes32> GetQualities(Bytes32 challenge)
    {
        var found = _prover.GetQualities(challenge);
        var qualities = new Bytes32[found.Count];
        foreach (var quality in found)
            qualities[quality.Index] = quality.Quality;
        return qualities;
    }

    /// <inheritdoc/>
    public ByteString? GetProof(Bytes32 challenge, int index) =>
        _prover.TryGetProof(challenge, index, out var proof) ? proof : null;

    /// <inheritdoc/>
    public void Dispose() => _prover.Dispose();
}

/// <summary>Opens plot files from disk.</summary>
public sealed class FilePlotOpener : IPlotOpener
{
    /// <inheritdoc/>
    public IPlot Open(string path) => FilePlot.Open(path);

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);
}
