namespace Chia.Grains.Sync;

/// <summary>Why an answer is refused.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Height">Where.</param>
/// <param name="Detail">For the log.</param>
internal sealed record AnswerFault(AnswerFaultKind Kind, uint Height, string Detail);
