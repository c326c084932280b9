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

/// <summary>Feeds a target with damaged inputs. Number n of a seed is the same input in every run, whichever were read before it.</summary>
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
        var what = Once(target, input, out var time);

        // A pause of the machine is no fault of the target: it must be slow three times.
        for (var again = 0; again < 2 && what is null && time > target.MaxTime; again++)
            what = Once(target, input, out time);
        return what ?? (time > target.MaxTime ? $"took {time.TotalSeconds:F1} s for {input.Length} bytes" : null);
    }

    private static byte[] Input(FuzzTarget target, ulong seed, long number)
    {
        var chance = new Chance(seed ^ ((ulong)number * 0xD1342543DE82EF95UL));
        var good = chance.Pick(target.Corpus);
        return chance.Below(GoodOnes) == 0 ? good : Mutator.Mutate(good, chance.Pick(target.Corpus), chance);
    }

    private static string? Once(FuzzTarget target, byte[] input, out TimeSpan time)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception error)
        {
            time = default;
            return error.ToString();
        }

        time = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var bound = target.AllocationBase + (target.AllocationFactor * input.Length);
        return target.AllocationBase > 0 && allocated > bound ? $"allocated {allocated} bytes for {input.Length}, at most {bound} are due" : null;
    }
}
