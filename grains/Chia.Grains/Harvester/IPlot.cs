using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>An open plot. Safe from any thread; reads its file, so never on a grain's turn.</summary>
public interface IPlot : IDisposable
{
    /// <summary>The plot id that the file holds.</summary>
    Bytes32 PlotId { get; }

    /// <summary>k.</summary>
    byte Size { get; }

    /// <summary>The qualities H(challenge ‖ quality string) of all proofs for a challenge; their positions name the proofs.</summary>
    /// <exception cref="IOException">The file cannot be read, or is damaged where the look-up needs it.</exception>
    IReadOnlyList<Bytes32> GetQualities(Bytes32 challenge);

    /// <summary>A full proof, 8·k bytes; null if there is none at this position.</summary>
    /// <exception cref="IOException">The file cannot be read, or is damaged where the proof needs it.</exception>
    ByteString? GetProof(Bytes32 challenge, int index);
}

/// <summary>Opens plot files.</summary>
public interface IPlotOpener
{
    /// <summary>Opens a plot.</summary>
    /// <exception cref="IOException">There is no such file, or it is not a sound plot; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    IPlot Open(string path);

    /// <summary>Is the file still there? One that was deleted can be read while it is open, and no longer.</summary>
    bool Exists(string path);
}

/// <summary>Which plots a harvester has: <c>plots.yaml</c> (ROLES.md 2.3). Read again and again, so that new plots need no
/// restart.</summary>
public interface IPlotSource
{
    /// <summary>The entries as they are now. Blocks; throws an <see cref="IOException"/> with a remedy if they cannot be read.</summary>
    IReadOnlyList<PlotEntry> Read();
}
