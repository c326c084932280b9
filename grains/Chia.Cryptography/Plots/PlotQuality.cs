using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>A proof of space that a plot holds for a challenge, without its full values.</summary>
/// <param name="Index">Which of the plot's answers to the challenge it is, from 0; names the full proof.</param>
/// <param name="QualityString">⌈2k/8⌉ bytes.</param>
/// <param name="Quality">H(challenge ‖ quality string).</param>
public sealed record PlotQuality(int Index, ByteString QualityString, Bytes32 Quality);
