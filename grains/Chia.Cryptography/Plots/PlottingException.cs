namespace Chia.Cryptography.Plots;

/// <summary>
/// This plot id cannot be plotted: its tables have a shape that the file cannot hold. For honest ids this does not happen;
/// the remedy is another plot key.
/// </summary>
/// <param name="message">What does not fit.</param>
public sealed class PlottingException(string message) : Exception(message);
