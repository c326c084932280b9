using System.Diagnostics;

namespace Chia.Fuzz.Driver;

/// <summary>An input that broke a promise.</summary>
/// <param name="Target">Who broke it.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Number">The input's number in the run.</param>
/// <param name="Input">The input.</param>
/// <param name="What">What happened.</param>
internal sealed record FuzzFault(string Target, ulong Seed, long Number, byte[] Input, string What);

/// <summary>What a run did.</summary>
/// <param name="Inputs">Inputs read.</param>
/// <param name="Elapsed">Time taken.</param>
/// <param name="Fault">What ended it early; null if nothing did.</param>
internal sealed record FuzzResult(long Inputs, TimeSpan Elapsed, FuzzFault? Fault);

/// <summary>Feeds a target with damaged inputs. Number n of a seed is the same input in every run, whichever were read before
/// it.</summary>
internal static class FuzzRun
{
    /// <summary>One input in so many is the good one, which must stay readable.</summary>
    private const int GoodOnes = 64;

    /// <summary>Runs until the first fault, so many inputs, or until a time is over.</summary>
    public static FuzzResult Run(FuzzTarget target, ulong seed, long first, long inputs, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        var number = first;
        for (; number < first + inputs && watch.Elapsed < limit; number++)
        {
            var input = Input(target, seed, number);
            if (Judge(target, input) is { } what)
                return new FuzzResult(number + 1 - first, watch.Elapsed, new FuzzFault(target.Name, seed, number, input, what));
        }

        return new FuzzResult(number - first, watch.Elapsed, null);
    }

    /// <summary>What is wrong with how a target reads an input; null if nothing is.</summary>
    public static string? Judge(FuzzTarget target, byte[] input)
    {
        var cost = Once(target, input);

        // Neither a pause of the machine nor what a first use sets up for all later ones is a fault of the input: it must cost too much
        // three times.
        for (var again = 0; again < 2 && cost.Thrown is null && cost.IsTooMuch(target, input); again++)
            cost = Once(target, input);
        return cost.Thrown ?? cost.Complaint(target, input);
    }

    private static byte[] Input(FuzzTarget target, ulong seed, long number)
    {
        var chance = new Chance(seed ^ ((ulong)number * 0xD1342543DE82EF95UL));
        var good = chance.Pick(target.Corpus);
        return chance.Below(GoodOnes) == 0 ? good : Mutator.Mutate(good, chance.Pick(target.Corpus), chance);
    }

    private static Cost Once(FuzzTarget target, byte[] input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception error)
        {
            return new Cost(error.ToString(), default, 0);
        }

        return new Cost(null, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    /// <summary>What one reading of an input took.</summary>
    private readonly record struct Cost(string? Thrown, TimeSpan Time, long Allocated)
    {
        public bool IsTooMuch(FuzzTarget target, byte[] input) => Complaint(target, input) is not null;

        public string? Complaint(FuzzTarget target, byte[] input)
        {
            var bound = target.AllocationBase + (target.AllocationFactor * input.Length);
            if (target.AllocationBase > 0 && Allocated > bound)
                return $"allocated {Allocated} bytes for {input.Length}, at most {bound} are due";
            return Time > target.MaxTime ? $"took {Time.TotalSeconds:F1} s for {input.Length} bytes" : null;
        }
    }
}
