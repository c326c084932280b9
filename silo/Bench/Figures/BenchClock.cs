using System.Diagnostics;

namespace Chia.Silo.Bench.Figures;

/// <summary>Times an operation by repeating it.</summary>
/// <param name="Budget">How long to repeat.</param>
/// <param name="Report">Where the figures go.</param>
/// <param name="Stopping">Ends between two repetitions.</param>
internal sealed record BenchClock(TimeSpan Budget, BenchReport Report, CancellationToken Stopping)
{
    /// <summary>The part of the budget that is spent before: code is compiled in its final form only after it has run for a
    /// while.</summary>
    private const double WarmUp = 0.25;

    /// <summary>Repetitions at the least; short budgets are exceeded for them.</summary>
    private const int MinimumRounds = 3;

    /// <summary>Seconds of one operation: the fastest repetition, for what else the machine does can only slow one down.</summary>
    /// <param name="repetition">Does the operation <paramref name="operations"/> times.</param>
    /// <param name="operations">Operations in one repetition; several where one is too short to be timed.</param>
    public double Seconds(Action repetition, int operations = 1) => Seconds(1, _ => repetition()) / operations;

    /// <summary>Seconds of an operation whose cost depends on its input: the mean over inputs of the fastest repetition with
    /// each.</summary>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="operation">Does the operation with an input.</param>
    public double Seconds(int inputs, Action<int> operation)
    {
        Repeat(inputs, operation, Budget * WarmUp, 1);
        return Repeat(inputs, operation, Budget, MinimumRounds).Average();
    }

    private double[] Repeat(int inputs, Action<int> operation, TimeSpan budget, int minimum)
    {
        var fastest = Enumerable.Repeat(double.MaxValue, inputs).ToArray();
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < minimum || Stopwatch.GetElapsedTime(started) < budget; round++)
        {
            for (var input = 0; input < inputs; input++)
            {
                Stopping.ThrowIfCancellationRequested();
                var begin = Stopwatch.GetTimestamp();
                operation(input);
                fastest[input] = Math.Min(fastest[input], Stopwatch.GetElapsedTime(begin).TotalSeconds);
            }
        }

        return fastest;
    }
}
