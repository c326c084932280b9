using System.Globalization;
using Chia.Fuzz.Driver;
using Chia.Fuzz.Targets;

namespace Chia.Fuzz;

/// <summary>
/// Without options of its own a test assembly like the others. With them the driver by hand:
/// <c>dotnet run -c Release --project tests/Chia.Fuzz -- --hours N | --inputs N [--target X] [--seed S]</c>, or <c>--replay FILE --target
/// X</c>.
/// </summary>
internal static class Program
{
    /// <summary>Inputs of one target before the next has its turn.</summary>
    private const int Turn = 2_000;

    private static readonly string[] Options = ["--hours", "--inputs", "--target", "--seed", "--replay"];

    public static Task<int> Main(string[] args)
    {
        if (!Options.Contains(args.FirstOrDefault()))
            return Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var names = options.TryGetValue("--target", out var name) ? [name] : AllTargets.Names;
        if (options.Count * 2 != args.Length || options.Keys.Except(Options).Any() || names.Except(AllTargets.Names).Any())
        {
            Console.Error.WriteLine($"expected {string.Join(" V, ", Options)} V, targets: {string.Join(", ", AllTargets.Names)}");
            return Task.FromResult(2);
        }

        return Task.FromResult(options.TryGetValue("--replay", out var file) ? Replay(names[0], file) : Run(names, options));
    }

    private static int Replay(string name, string file)
    {
        using var target = AllTargets.Make(name)!;
        var fault = FuzzRun.Judge(target, File.ReadAllBytes(file));
        Console.WriteLine(fault ?? "nothing wrong");
        return fault is null ? 0 : 1;
    }

    private static int Run(IReadOnlyList<string> names, Dictionary<string, string> options)
    {
        var seed = options.TryGetValue("--seed", out var text)
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : (ulong)DateTime.UtcNow.Ticks;
        var limit = options.TryGetValue("--hours", out var hours)
            ? TimeSpan.FromHours(double.Parse(hours, CultureInfo.InvariantCulture))
            : TimeSpan.MaxValue;
        var inputs = options.TryGetValue("--inputs", out var count) ? long.Parse(count, CultureInfo.InvariantCulture) : long.MaxValue;
        var targets = names.Select(n => (Target: AllTargets.Make(n)!, Read: new long[1], Spent: new TimeSpan[1])).ToList();
        Console.WriteLine($"seed {seed}, targets {string.Join(", ", names)}");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        long total = 0;
        var faults = 0;
        while (watch.Elapsed < limit && total < inputs && faults == 0)
        {
            // Equal turns of time, not of inputs: a database takes as long as ten thousand frames.
            foreach (var (target, read, spent) in targets)
            {
                var result = FuzzRun.Run(target, seed, read[0], Turn, TimeSpan.FromMilliseconds(500));
                (read[0], spent[0], total) = (read[0] + result.Inputs, spent[0] + result.Elapsed, total + result.Inputs);
                if (result.Fault is { } fault)
                {
                    Tell(fault);
                    faults++;
                }
            }
        }

        foreach (var (target, read, spent) in targets)
        {
            Console.WriteLine($"{target.Name}: {read[0]} inputs in {spent[0].TotalSeconds:F0} s");
            target.Dispose();
        }

        Console.WriteLine($"{total} inputs, {faults} faults, {watch.Elapsed:hh\\:mm\\:ss}");
        return faults == 0 ? 0 : 1;
    }

    private static void Tell(FuzzFault fault)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fuzz-{fault.Target}-{fault.Seed}-{fault.Number}.bin");
        File.WriteAllBytes(file, fault.Input);
        Console.WriteLine($"{fault.Target}: seed {fault.Seed}, input {fault.Number} ({file}): {fault.What}");
    }
}
