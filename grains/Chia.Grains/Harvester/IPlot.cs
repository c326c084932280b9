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
